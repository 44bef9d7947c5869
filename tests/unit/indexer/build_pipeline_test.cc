#include "indexer/build_pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/input_reader.h"
#include "tests/unit/indexer/fakes.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using testing::FakeDerive;
using testing::FakePublisher;
using testing::FakeSegmentWriter;
using ::testing::HasSubstr;
using testing::MakeData;
using testing::MakeNumber;
using testing::MakePage;
using testing::ReadAll;
using testing::SegmentLog;
using testing::TemporaryFolder;

class BuildPipelineTest : public ::testing::Test {
 protected:
  BuildPipelineTest() {
    std::filesystem::create_directory(index_);
    options_.index = index_;
    options_.threads = 4;
    options_.min_shard_records = 10;
    options_.analyzer_version = "analyzer 1";
  }

  Result<index::Manifest> Build() {
    auto inputs = ExpandInputs(std::vector<std::filesystem::path>{input_.path()});
    KYUJIN_CHECK(inputs.has_value());
    BuildPipeline pipeline(options_,
                           {publisher_,
                            [this](const std::filesystem::path& folder,
                                   size_t shards) -> Result<std::unique_ptr<index::SegmentWriter>> {
                              return std::unique_ptr<index::SegmentWriter>(
                                  std::make_unique<FakeSegmentWriter>(folder, shards, segment_));
                            },
                            derive_,
                            progress_});
    auto manifest = pipeline.Run(*inputs, stop_.get_token());
    report_ = pipeline.report();
    return manifest;
  }

  // Files of the index folder, sorted.
  [[nodiscard]] std::vector<std::string> Listing() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(index_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  [[nodiscard]] std::vector<std::string> IndexedNumbers() const {
    std::vector<std::string> numbers;
    for (const auto& shard : segment_.shards) {
      for (const auto& posting : shard) {
        numbers.push_back(posting.number.ToString());
      }
    }
    return numbers;
  }

  TemporaryFolder input_;
  TemporaryFolder home_;
  std::filesystem::path index_ = home_.path() / "index";
  BuildOptions options_;
  FakePublisher publisher_{index_};
  SegmentLog segment_;
  DeriveFunction derive_ = &FakeDerive;
  NoProgress progress_;
  std::stop_source stop_;
  RunReport report_;
};

TEST_F(BuildPipelineTest, PublishesAllPostingsInOrderOfTheirNumbers) {
  static_cast<void>(
      input_.Write("1.xml", MakePage(MakeData(MakeNumber(30)) + MakeData(MakeNumber(10)))));
  static_cast<void>(input_.Write(
      "2.jsonl", R"({"feed":{"kjno":")" + MakeNumber(20) + R"(","sksu":"販売"}})" + "\n"));
  const auto manifest = Build();
  ASSERT_TRUE(manifest.has_value()) << manifest.error().message;
  EXPECT_EQ(manifest->documents, 3U);
  EXPECT_EQ(manifest->analyzer_version, "analyzer 1");
  EXPECT_THAT(IndexedNumbers(), ElementsAre(MakeNumber(10), MakeNumber(20), MakeNumber(30)));
  EXPECT_THAT(Listing(), ElementsAre("rejects.jsonl", "seg-1"));
  EXPECT_EQ(ReadAll(index_ / "rejects.jsonl"), "");
  EXPECT_EQ(report_.records_read, 3U);
  EXPECT_EQ(report_.documents, 3U);
}

TEST_F(BuildPipelineTest, SharesTheNumbersAmongShardsWithoutLosingOne) {
  std::string data;
  for (unsigned i = 0; i < 1003; ++i) {
    data += MakeData(MakeNumber((i * 7919) % 1003));
  }
  static_cast<void>(input_.Write("1.xml", MakePage(data)));
  ASSERT_TRUE(Build().has_value());
  EXPECT_EQ(segment_.shards.size(), 4U);
  for (const auto& shard : segment_.shards) {
    EXPECT_GE(shard.size(), 250U);
    EXPECT_LE(shard.size(), 251U);
  }
  EXPECT_EQ(IndexedNumbers().size(), 1003U);
}

TEST_F(BuildPipelineTest, FewRecordsOrLittleMemoryMakeFewerShards) {
  std::string data;
  for (unsigned i = 0; i < 25; ++i) {
    data += MakeData(MakeNumber(i));
  }
  static_cast<void>(input_.Write("1.xml", MakePage(data)));
  ASSERT_TRUE(Build().has_value());
  EXPECT_EQ(segment_.shards.size(), 2U);
  options_.memory = uint64_t{64} << 20;
  ASSERT_TRUE(Build().has_value());
  EXPECT_EQ(segment_.shards.size(), 1U);
}

TEST_F(BuildPipelineTest, MoreRecordsThanTheMemoryIsForAreRefused) {
  options_.memory = 2048;  // less than the command line takes
  static_cast<void>(input_.Write(
      "1.xml",
      MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2)) + MakeData(MakeNumber(3)))));
  const auto manifest = Build();
  ASSERT_FALSE(manifest.has_value());
  EXPECT_EQ(manifest.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(manifest.error().message, HasSubstr("more than 2 "));
  EXPECT_EQ(MostRecords(uint64_t{4} << 30), 4U << 20);
}

TEST_F(BuildPipelineTest, TheNewerOfTwoRecordsOfANumberIsIndexed) {
  static_cast<void>(input_.Write(
      "1.xml",
      MakePage(MakeData(MakeNumber(1), "新しい", "2026/04/29") + MakeData(MakeNumber(2), "同じ"))));
  static_cast<void>(input_.Write(
      "2.xml",
      MakePage(MakeData(MakeNumber(1), "古い", "2026/4/9") + MakeData(MakeNumber(2), "同じ"))));
  ASSERT_TRUE(Build().has_value());
  ASSERT_EQ(IndexedNumbers().size(), 2U);
  EXPECT_EQ(segment_.shards[0][0].feed.Get(schema::Tag::kSksu), "新しい");
  EXPECT_EQ(report_.duplicates, 2U);
}

TEST_F(BuildPipelineTest, ABrokenPageIsReportedAndTheOthersGoOn) {
  options_.max_rejects = 50;
  const std::string page = MakePage(MakeData(MakeNumber(1)) + MakeData(MakeNumber(2)));
  static_cast<void>(input_.Write("1.xml", page.substr(0, page.rfind("<sksu>"))));
  static_cast<void>(input_.Write("2.xml", MakePage(MakeData(MakeNumber(3)))));
  ASSERT_TRUE(Build().has_value());
  EXPECT_THAT(IndexedNumbers(), ElementsAre(MakeNumber(1), MakeNumber(3)));
  EXPECT_EQ(report_.rejects.broken_pages, 1U);
  EXPECT_EQ(report_.records_read, 3U);
  const std::string log = ReadAll(index_ / "rejects.jsonl");
  EXPECT_THAT(log, HasSubstr("1.xml"));
  EXPECT_THAT(log, HasSubstr(MakeNumber(2)));
}

TEST_F(BuildPipelineTest, RejectsUpToThePercentageArePublishedWithout) {
  options_.max_rejects = 10;
  std::string data;
  for (unsigned i = 0; i < 20; ++i) {
    data += MakeData(MakeNumber(i), i < 2 ? "reject" : "販売");
  }
  static_cast<void>(input_.Write("1.xml", MakePage(data)));
  ASSERT_TRUE(Build().has_value());
  EXPECT_EQ(IndexedNumbers().size(), 18U);
  EXPECT_EQ(report_.rejects.total, 2U);
  // The log names where the record began although the reason came much later.
  EXPECT_THAT(ReadAll(index_ / "rejects.jsonl"), HasSubstr("\"line\":3,"));
}

TEST_F(BuildPipelineTest, RejectsAboveThePercentagePublishNothingButTheirLog) {
  options_.max_rejects = 10;
  for (const bool at_reading : {true, false}) {
    std::string data;
    for (unsigned i = 0; i < 20; ++i) {
      const bool is_bad = i < 3;
      data += MakeData(is_bad && at_reading ? "no number" : MakeNumber(i),
                       is_bad && !at_reading ? "reject" : "販売");
    }
    static_cast<void>(input_.Write("1.xml", MakePage(data)));
    const auto manifest = Build();
    ASSERT_FALSE(manifest.has_value());
    EXPECT_THAT(manifest.error().message, HasSubstr("3 of 20 records"));
    EXPECT_THAT(manifest.error().message, HasSubstr("--max-rejects"));
    EXPECT_EQ(publisher_.published, 0U);
    EXPECT_THAT(Listing(), ElementsAre("rejects.jsonl"));
    const std::string log = ReadAll(index_ / "rejects.jsonl");
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3);
  }
}

TEST_F(BuildPipelineTest, AnEmptyFeedPublishesNothing) {
  static_cast<void>(input_.Write("1.xml", MakePage("")));
  const auto manifest = Build();
  ASSERT_FALSE(manifest.has_value());
  EXPECT_THAT(manifest.error().message, HasSubstr("no postings in the input"));
  EXPECT_EQ(publisher_.published, 0U);
}

TEST_F(BuildPipelineTest, OnlyRejectsPublishNothingHoweverManyAreAllowed) {
  options_.max_rejects = 100;
  static_cast<void>(input_.Write("1.xml", MakePage(MakeData(MakeNumber(1), "reject"))));
  const auto manifest = Build();
  ASSERT_FALSE(manifest.has_value());
  EXPECT_THAT(manifest.error().message, HasSubstr("no postings"));
  EXPECT_THAT(Listing(), ElementsAre("rejects.jsonl"));
}

TEST_F(BuildPipelineTest, UnknownTagsAreCounted) {
  const std::string record = "<data><kjno>" + MakeNumber(1) + "</kjno><zz_new>a</zz_new></data>";
  static_cast<void>(input_.Write("1.xml", MakePage(record + MakeData(MakeNumber(2)))));
  ASSERT_TRUE(Build().has_value());
  EXPECT_EQ(report_.unknown_tags.counts().at("zz_new"), 1U);
}

TEST_F(BuildPipelineTest, AFailedSegmentIsRemovedAndNothingPublished) {
  static_cast<void>(input_.Write("1.xml", MakePage(MakeData(MakeNumber(1)))));
  segment_.finish_status = Internal("seg-1: No space left on device");
  EXPECT_THAT(Build().error().message, HasSubstr("No space left"));
  EXPECT_THAT(Listing(), ::testing::IsEmpty());

  EXPECT_EQ(publisher_.published, 0U);
}

TEST_F(BuildPipelineTest, AFailedPublishLeavesTheSegmentThatMayBeLiveAlready) {
  static_cast<void>(input_.Write("1.xml", MakePage(MakeData(MakeNumber(1)))));
  publisher_.publish_status = Internal("CURRENT: No space left on device");
  EXPECT_THAT(Build().error().message, HasSubstr("CURRENT"));
  EXPECT_THAT(Listing(), ElementsAre("rejects.jsonl", "seg-1"));
}

TEST_F(BuildPipelineTest, AnUnreadableFileEndsTheRun) {
  const auto path = input_.Write("1.xml", MakePage(MakeData(MakeNumber(1))));
  auto inputs = ExpandInputs(std::vector<std::filesystem::path>{path});
  std::filesystem::remove(path);
  testing::RecordingSink sink;
  const auto status = ReadInputs(*inputs, sink, progress_, {});
  ASSERT_FALSE(status.has_value());
  EXPECT_THAT(status.error().message, HasSubstr("1.xml"));
}

}  // namespace
}  // namespace kyujin::indexer
