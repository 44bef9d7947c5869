// The small parts of a run: reject log, report, collector, progress, --places, --memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/index/index_publisher.h"
#include "indexer/memory_size.h"
#include "indexer/places_file.h"
#include "indexer/progress.h"
#include "indexer/record_collector.h"
#include "indexer/reject_log.h"
#include "indexer/run_report.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MakeNumber;
using ::testing::Not;
using testing::ReadAll;
using testing::TemporaryFolder;

std::vector<std::string> NamesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

TEST(RejectLog, WritesOneJsonLineEachAndReplacesTheLogOfTheRunBefore) {
  const TemporaryFolder folder;
  const auto path = folder.Write("rejects.jsonl", "old\n");
  auto log = *RejectLog::Create(folder.path(), {"a.xml", "b.xml"});
  ASSERT_TRUE(log->Add({"99010-00000001", "kjno", "no \"number\"", {1, 12, 345}}).has_value());
  ASSERT_TRUE(log->AddBrokenPage({"", "", "ends too early", {0, 1, 2}}).has_value());
  EXPECT_EQ(ReadAll(path), "old\n");
  ASSERT_TRUE(log->Publish().has_value());

  std::istringstream lines(ReadAll(path));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  const auto first = ParseJson(line);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(*first->Find("number")->string(), "99010-00000001");
  EXPECT_EQ(*first->Find("field")->string(), "kjno");
  EXPECT_EQ(*first->Find("reason")->string(), "no \"number\"");
  EXPECT_EQ(*first->Find("file")->string(), "b.xml");
  EXPECT_EQ(*first->Find("line")->integer(), 12);
  EXPECT_EQ(*first->Find("byte")->integer(), 345);
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_TRUE(ParseJson(line).has_value());
  EXPECT_FALSE(std::getline(lines, line));

  const auto summary = log->summary();
  EXPECT_EQ(summary.total, 2U);
  EXPECT_EQ(summary.broken_pages, 1U);
  EXPECT_EQ(summary.by_field.at("kjno"), 1U);
}

TEST(RejectLog, LeavesTheOldLogAndNoOtherFileWhenItIsNotPublished) {
  const TemporaryFolder folder;
  const auto path = folder.Write("rejects.jsonl", "old\n");
  {
    auto log = *RejectLog::Create(folder.path(), {"a.xml"});
    ASSERT_TRUE(log->Add({"n", "f", "r", {}}).has_value());
  }
  EXPECT_EQ(ReadAll(path), "old\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

// A merge writes no log that would take its place.
TEST(RejectLog, WhatAKilledWriterLeavesTheNextOneRemoves) {
  const TemporaryFolder folder;
  const pid_t writer = ::fork();
  if (writer == 0) {
    const auto log = RejectLog::Create(folder.path(), {"a.xml"});
    ::_exit(log.has_value() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(writer, &status, 0), writer);
  ASSERT_EQ(status, 0);
  ASSERT_EQ(NamesIn(folder.path()).size(), 1U);
  ASSERT_TRUE(index::IndexPublisher::Open(folder.path()).has_value());
  EXPECT_THAT(NamesIn(folder.path()), ElementsAre("writer.lock"));
}

TEST(RejectLog, CutsLongTextsBetweenCharacters) {
  const TemporaryFolder folder;
  auto log = *RejectLog::Create(folder.path(), {"a.xml"});
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += "求";
  }
  ASSERT_TRUE(log->Add({text, text, text, {}}).has_value());
  ASSERT_TRUE(log->Publish().has_value());
  const std::string line = ReadAll(folder.path() / "rejects.jsonl");
  EXPECT_LT(line.size(), 2000U);
  EXPECT_THAT(line, Not(HasSubstr("\xEF\xBF\xBD")));
}

TEST(RunReport, MoreThanThePercentageIsTooMuchAndExactlyItIsNot) {
  RunReport report;
  EXPECT_FALSE(report.RejectsAbove(0));
  report.records_read = 100;
  report.rejects.total = 5;
  EXPECT_FALSE(report.RejectsAbove(5));
  report.rejects.total = 6;
  EXPECT_TRUE(report.RejectsAbove(5));
  EXPECT_FALSE(report.RejectsAbove(100));
}

TEST(RunReport, SaysWhatWasReadKeptAndRefused) {
  RunReport report;
  report.files = 2;
  report.records_read = 10;
  report.documents = 7;
  report.duplicates = 1;
  report.rejects = {2,
                    1,
                    {{"kjno", 1}, {"", 1}},
                    {"a.xml:3 (byte 40): no"},
                    {"b.xml:9 (byte 99): ends too early"}};
  schema::FeedRecord record;
  record.Set("new_tag", "x");
  report.unknown_tags.Count(record);
  report.unknown_tags.Count(record);
  EXPECT_EQ(report.ToText(),
            "files read: 2\nrecords read: 10\nduplicates dropped: 1\nrejected: 2\n"
            "  whole record: 1\n  kjno: 1\n  e.g. a.xml:3 (byte 40): no\n"
            "broken pages: 1\n  b.xml:9 (byte 99): ends too early\nunknown tags: 1\n  new_tag: "
            "2\npostings published: 7\n");
}

TEST(UnknownTags, TellsOnlySoManyNamesApart) {
  UnknownTags tags;
  for (int i = 0; i < 3000; ++i) {
    schema::FeedRecord record;
    record.Set("tag" + std::to_string(i), "x");
    tags.Count(record);
  }
  EXPECT_EQ(tags.counts().size(), 1000U);
  EXPECT_EQ(tags.others(), 2000U);
}

class RecordCollectorTest : public ::testing::Test {
 protected:
  Status Give(std::string_view number, std::string_view received) {
    schema::FeedRecord record;
    record.Set(schema::Tag::kKjno, number);
    record.Set(schema::Tag::kUktkymdSeireki, received);
    return collector_.OnRecord(record, {});
  }

  TemporaryFolder folder_;
  std::unique_ptr<RecordSpool> spool_ = *RecordSpool::Create(folder_.path());
  std::unique_ptr<RejectLog> log_ = *RejectLog::Create(folder_.path(), {"a.xml"});
  RecordCollector collector_{*spool_, *log_, 3};
};

TEST_F(RecordCollectorTest, RejectsWhatHasNoNumber) {
  ASSERT_TRUE(Give("", "2026/04/28").has_value());
  ASSERT_TRUE(Give("13010-1234", "2026/04/28").has_value());
  ASSERT_TRUE(Give(MakeNumber(1), "2026/04/28").has_value());
  ASSERT_TRUE(collector_.OnBrokenPage({"", "", "ends", {}}).has_value());
  EXPECT_EQ(collector_.records_read(), 4U);
  EXPECT_EQ(spool_->size(), 1U);
  EXPECT_EQ(log_->summary().total, 3U);
  EXPECT_EQ(log_->summary().by_field.at("kjno"), 2U);
}

TEST_F(RecordCollectorTest, TheSameNumberInAnotherFormIsTheSameNumber) {
  ASSERT_TRUE(Give("99010-00000001", "2026/04/28").has_value());
  ASSERT_TRUE(Give("９９０１０－０００００００１", "2026/04/28").has_value());
  ASSERT_TRUE(Give("9901000000001", "2026/04/29").has_value());
  EXPECT_EQ(*spool_->Seal(), 2U);
  EXPECT_EQ(spool_->size(), 1U);
}

TEST_F(RecordCollectorTest, EndsAtTheMemoryGrantedWithTheWayOut) {
  for (unsigned i = 0; i < 3; ++i) {
    ASSERT_TRUE(Give(MakeNumber(i), "").has_value());
  }
  const auto status = Give(MakeNumber(4), "");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(status.error().message, HasSubstr("--memory"));
}

class ConsoleProgressTest : public ::testing::Test {
 protected:
  ConsoleProgress Make(ConsoleProgress::Style style) {
    return ConsoleProgress(out_, style, [this] { return now_; });
  }
  void Pass(std::chrono::milliseconds time) { now_ += time; }

  std::ostringstream out_;
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(ConsoleProgressTest, InAPipeALineEveryFiveSecondsWithRateAndTimeLeft) {
  auto progress = Make(ConsoleProgress::Style::kLines);
  progress.BeginStage("indexing", 1000);
  Pass(std::chrono::seconds(4));
  progress.Advance(100, 100);
  EXPECT_EQ(out_.str(), "");
  Pass(std::chrono::seconds(1));
  progress.Advance(150, 150);
  EXPECT_EQ(out_.str(), "indexing: 25.0 % 250 postings, 50/s, 0:15 left\n");
  Pass(std::chrono::seconds(5));
  progress.Advance(750, 750);
  out_.str("");
  progress.EndStage();
  EXPECT_EQ(out_.str(), "indexing: done in 0:10, 1000 postings, 100/s\n");
}

TEST_F(ConsoleProgressTest, OnATerminalOneLineIsWrittenOver) {
  auto progress = Make(ConsoleProgress::Style::kTerminal);
  progress.BeginStage("reading", 0);
  Pass(std::chrono::milliseconds(50));
  progress.Advance(1, 1);
  EXPECT_EQ(out_.str(), "\rreading");
  Pass(std::chrono::milliseconds(50));
  progress.Advance(1, 1);
  EXPECT_EQ(out_.str(), "\rreading\rreading: 2 postings");
  Pass(std::chrono::milliseconds(50));
  progress.EndStage();
  EXPECT_THAT(out_.str(), ::testing::EndsWith("\rreading: done in 0:00, 2 postings\n"));
  const std::string shown = out_.str();
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 1);
}

TEST(ParsePlaces, ReadsPositionsInOrderOfCode) {
  const auto places = ParsePlaces(
      "\xEF\xBB\xBF"
      "code,lat,lon\r\n13104,35.69,139.70\n01100,43.06,141.35");
  ASSERT_TRUE(places.has_value());
  ASSERT_EQ(places->size(), 2U);
  EXPECT_EQ((*places)[0].code, 1100U);
  EXPECT_DOUBLE_EQ((*places)[1].latitude, 35.69);
  EXPECT_DOUBLE_EQ((*places)[1].longitude, 139.70);
}

TEST(ParsePlaces, NamesTheLineAtFault) {
  for (const char* csv : {"", "code;lat;lon\n", "13104,35.69,139.70\n"}) {
    EXPECT_THAT(ParsePlaces(csv).error().message, HasSubstr("line 1")) << csv;
  }
  for (const char* row : {"13104,35.69",
                          "13104,35.69,139.7,1",
                          "131040,35.69,139.7",
                          "1310x,35.69,139.7",
                          "13104,90.5,139.7",
                          "13104,35.69,-180.5",
                          "13104,nan,139.7",
                          "13104,35.69N,139.7",
                          "13104,,139.7"}) {
    const auto places = ParsePlaces(std::string("code,lat,lon\n01100,43.06,141.35\n") + row);
    ASSERT_FALSE(places.has_value()) << row;
    EXPECT_THAT(places.error().message, HasSubstr("line 3")) << row;
  }
  EXPECT_THAT(ParsePlaces("code,lat,lon\n13104,1,1\n13104,1,1\n").error().message,
              HasSubstr("13104"));
}

TEST(ParseMemorySize, ReadsUnits) {
  EXPECT_EQ(*ParseMemorySize("4G"), uint64_t{4} << 30);
  EXPECT_EQ(*ParseMemorySize("512MiB"), uint64_t{512} << 20);
  EXPECT_EQ(*ParseMemorySize("70000000"), 70'000'000U);
  EXPECT_EQ(*ParseMemorySize("65536KB"), uint64_t{64} << 20);
  EXPECT_EQ(*ParseMemorySize("1T"), uint64_t{1} << 40);
}

TEST(ParseMemorySize, RefusesWhatIsNoSizeOrTooSmall) {
  for (const char* text : {"",
                           "G",
                           "4X",
                           "-4G",
                           "4 G",
                           "4GG",
                           "4.5G",
                           "1iB",
                           "63M",
                           "99999999999999999999",
                           "99999999T"}) {
    const auto size = ParseMemorySize(text);
    ASSERT_FALSE(size.has_value()) << text;
    EXPECT_THAT(size.error().message, HasSubstr(std::string("\"") + text + "\""));
  }
}

}  // namespace
}  // namespace kyujin::indexer
