// kyujin-index and input that is not what it should be: each time the exit status of the contract,
// a message that says what and where, and the old index as it was.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/integration/indexer_fixture.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST_F(IndexerTest, RefusesAnEmptyFeed) {
  const Outcome outcome = Build(WriteInput(folder_ / "empty.xml", SamplePage("")), index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("no postings in the input"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesAFeedOfNoBytes) {
  const fs::path feed = WriteInput(folder_ / "nothing.xml", "");
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(feed.string() + ":1 (byte 0): the page ends too early"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesAFolderWithoutFeedFiles) {
  const fs::path feed = WriteInput(folder_ / "feed/readme.txt", "nothing to index").parent_path();
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("readme.txt"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesAMissingInput) {
  const fs::path feed = folder_.path() / "missing.xml";
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(feed.string()));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesATruncatedPageOfFewRecords) {
  std::string page = SamplePage(3);
  page.resize(page.size() - 200);
  const fs::path feed = WriteInput(folder_ / "short.xml", page);
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(fmt::format("{}:5 (byte {})", feed.string(), page.size())));
  EXPECT_THAT(outcome.output, HasSubstr("the page ends too early"));
  EXPECT_THAT(outcome.output, HasSubstr("nothing is published"));
  EXPECT_THAT(ReadBytes(index_ / "rejects.jsonl"), HasSubstr("the page ends too early"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, GoesOnBehindATruncatedPage) {
  std::string page = SamplePage(60);
  page.resize(page.size() - 200);
  const fs::path feed = WriteInput(folder_ / "feed/1.xml", page);
  static_cast<void>(WriteInput(folder_ / "feed/2.xml", SamplePage(SampleRecord(1'000))));
  const Outcome outcome = Build(feed.parent_path(), index_);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("broken pages: 1"));
  EXPECT_THAT(outcome.output, HasSubstr(feed.string() + ":62"));
  EXPECT_EQ(CountServed(index_), 60);
}

TEST_F(IndexerTest, RefusesAWrongEncoding) {
  // 調理 in Shift_JIS, on a page that declares UTF-8.
  const fs::path feed =
      WriteInput(folder_ / "sjis.xml", SamplePage(SampleRecord(1, "\x92\xB2\x97\x9D")));
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(feed.string() + ":3 (byte "));
  EXPECT_THAT(outcome.output, HasSubstr("not valid UTF-8"));
  ExpectOldIndex();
}

// Writes a page of `good` sample records with one of 100 MB before them.
fs::path WriteHugeRecord(const TemporaryFolder& folder, unsigned good) {
  fs::path path = folder.path() / "huge.xml";
  std::ofstream page(path, std::ios::binary);
  page << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>\n<data><kjno>"
       << SampleNumber(777) << "</kjno><shigoto_ny>";
  const std::string megabyte(1'000'000, 'x');
  for (int i = 0; i < 100; ++i) {
    page << megabyte;
  }
  page << "</shigoto_ny></data>\n";
  for (unsigned serial = 1; serial <= good; ++serial) {
    page << SampleRecord(serial);
  }
  page << "</kyujin></root>\n";
  return path;
}

TEST_F(IndexerTest, RejectsARecordOf100MegabytesAndKeepsTheRest) {
  const fs::path feed = WriteHugeRecord(folder_, 40);
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr(feed.string() + ":3 (byte "));
  EXPECT_THAT(outcome.output, HasSubstr(SampleNumber(777)));
  EXPECT_THAT(ReadBytes(index_ / "rejects.jsonl"), HasSubstr(SampleNumber(777)));
  EXPECT_EQ(CountServed(index_), 40);
}

TEST_F(IndexerTest, RefusesAFeedOfOneRecordOf100Megabytes) {
  const Outcome outcome = Build(WriteHugeRecord(folder_, 0), index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(SampleNumber(777)));
  EXPECT_THAT(outcome.output, HasSubstr("nothing is published"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesRejectsAboveTheLimit) {
  const std::string bad = "<data><kjno>no number</kjno></data>\n";
  const fs::path feed = WriteInput(folder_ / "bad.xml", SamplePage(SampleRecord(1) + bad));
  const Outcome outcome = Build(feed, index_);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("1 of 2 records rejected, more than 5 %"));
  ExpectOldIndex();
}

TEST_F(IndexerTest, RefusesWrongUsage) {
  const std::string program = IndexerProgram().string();
  const std::vector<std::vector<std::string>> commands{
      {program},
      {program, "build"},
      {program, "build", "--index", index_.string()},
      {program, "bake", "--index", index_.string()},
      {program, "build", "--input", "x", "--index", index_.string(), "--threads", "none"},
      {program, "build", "--input", "x", "--index", index_.string(), "--max-rejects", "101"},
      {program, "build", "--input", "x", "--index", index_.string(), "--as-of", "yesterday"}};
  for (const auto& command : commands) {
    const Outcome outcome = RunProgram(command);
    EXPECT_EQ(outcome.status, 2) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("kyujin-index: "));
  }
  ExpectOldIndex();
}

}  // namespace
}  // namespace kyujin::test
