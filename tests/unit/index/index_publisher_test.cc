#include "engine/index/index_publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <random>
#include <set>

#include "engine/base/date.h"
#include "engine/base/file.h"
#include "engine/index/file_lock.h"
#include "engine/index/snapshot.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;
using test::ReadBytes;
using test::WriteBytes;
using testing::AllOf;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class IndexPublisherTest : public testing::Test {
 protected:
  static std::vector<schema::JobPosting> Postings(size_t count) {
    std::mt19937_64 random(count);
    return test::RandomPostings(&random, count);
  }

  [[nodiscard]] std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(index_.path())) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  // The error of another publisher that tries to open the directory.
  [[nodiscard]] Error OpenError() const {
    const auto publisher = IndexPublisher::Open(index_.path());
    EXPECT_FALSE(publisher.has_value());
    return publisher.has_value() ? Error() : publisher.error();
  }

  test::TestIndex index_;
};

TEST_F(IndexPublisherTest, ANewDirectoryHasNoGeneration) {
  EXPECT_FALSE(index_.publisher().live().has_value());
  EXPECT_EQ(index_.publisher().NextSegmentDirectory(), index_.path() / "seg-00000001");
  EXPECT_THAT(Names(), UnorderedElementsAre("writer.lock"));
}

TEST_F(IndexPublisherTest, GenerationsFollowEachOther) {
  index_.Publish(Postings(3));
  const Manifest first = *index_.publisher().live();
  EXPECT_EQ(first.generation, 1U);
  EXPECT_EQ(first.documents, 3U);
  EXPECT_EQ(first.as_of, "2026-11-22T05:10:00+09:00");
  EXPECT_EQ(first.analyzer_version, test::AnalyzerVersion());
  EXPECT_TRUE(first.verified);
  EXPECT_EQ(ReadBytes(index_.path() / "CURRENT"), "manifest-00000001.json\n");
  index_.AddSegment(Postings(5));
  const Manifest second = *index_.publisher().live();
  EXPECT_EQ(second.generation, 2U);
  EXPECT_EQ(second.documents, 8U);
  EXPECT_EQ(second.index_id, first.index_id);
  EXPECT_EQ(second.segments.size(), 2U);
  // A writer that comes later goes on.
  index_.Close();
  const auto next = *IndexPublisher::Open(index_.path());
  EXPECT_EQ(next->live()->generation, 2U);
  EXPECT_EQ(next->live()->index_id, first.index_id);
  EXPECT_EQ(next->NextSegmentDirectory(), index_.path() / "seg-00000003");
}

TEST_F(IndexPublisherTest, KeepsTheNewestTwo) {
  for (size_t i = 1; i <= 4; ++i) {
    index_.Publish(Postings(i));
  }
  EXPECT_THAT(Names(),
              UnorderedElementsAre("writer.lock",
                                   "CURRENT",
                                   "manifest-00000003.json",
                                   "manifest-00000004.json",
                                   "seg-00000003",
                                   "seg-00000004"));
}

TEST_F(IndexPublisherTest, KeepsSegmentsThatAnyKeptGenerationNames) {
  index_.Publish(Postings(1));
  index_.AddSegment(Postings(2));
  index_.AddSegment(Postings(3));
  index_.AddSegment(Postings(4));
  index_.Publish(Postings(5));
  EXPECT_TRUE(Names().contains("seg-00000001")) << "generation 4 names it";
  index_.Publish(Postings(6));
  EXPECT_FALSE(Names().contains("seg-00000001"));
}

TEST_F(IndexPublisherTest, WhatAReaderHoldsIsNotRemoved) {
  index_.Publish(Postings(1));
  std::shared_ptr<const Snapshot> reader = index_.Open();
  for (size_t i = 2; i <= 5; ++i) {
    index_.Publish(Postings(i));
  }
  EXPECT_TRUE(Names().contains("manifest-00000001.json"));
  EXPECT_TRUE(Names().contains("seg-00000001"));
  EXPECT_FALSE(Names().contains("seg-00000002"));
  EXPECT_TRUE(reader->ReadPosting({0, 0}).has_value());
  reader.reset();
  index_.Publish(Postings(6));
  EXPECT_FALSE(Names().contains("manifest-00000001.json"));
  EXPECT_FALSE(Names().contains("seg-00000001"));
}

TEST_F(IndexPublisherTest, ASecondWriterIsRefusedAndToldWhoWrites) {
  const Error error = OpenError();
  EXPECT_EQ(error.code, ErrorCode::kUnavailable);
  EXPECT_THAT(
      error.message,
      AllOf(HasSubstr(index_.path().string()), HasSubstr("process " + std::to_string(::getpid()))));
}

TEST_F(IndexPublisherTest, LeftoversOfADeadWriterAreRemoved) {
  index_.Publish(Postings(2));
  index_.Close();
  fs::create_directory(index_.path() / "seg-00000002");
  WriteBytes(index_.path() / "seg-00000002" / "shard-0.cards", "half");
  WriteBytes(index_.path() / "manifest-00000002.json", "never became live");
  WriteBytes(index_.path() / "manifest-00000002.json.tmp", "half");
  WriteBytes(index_.path() / "CURRENT.tmp", "manifest-00000002.json\n");
  WriteBytes(index_.path() / "notes.txt", "not ours");
  const auto publisher = IndexPublisher::Open(index_.path());
  ASSERT_TRUE(publisher.has_value()) << publisher.error().message;
  EXPECT_THAT(Names(),
              UnorderedElementsAre(
                  "writer.lock", "CURRENT", "manifest-00000001.json", "seg-00000001", "notes.txt"));
  EXPECT_EQ((*publisher)->NextSegmentDirectory(), index_.path() / "seg-00000002");
}

TEST_F(IndexPublisherTest, AWriterThatDiedBeforeItsFirstPublishLeavesNothing) {
  index_.Close();
  fs::create_directory(index_.path() / "seg-00000001");
  WriteBytes(index_.path() / "manifest-00000001.json", "never became live");
  ASSERT_TRUE(IndexPublisher::Open(index_.path()).has_value());
  EXPECT_THAT(Names(), UnorderedElementsAre("writer.lock"));
}

TEST_F(IndexPublisherTest, ALostCurrentIsRestoredFromTheNewestWholeGeneration) {
  index_.Publish(Postings(3));
  index_.Publish(Postings(5));
  const Manifest newest = *index_.publisher().live();
  index_.Close();
  fs::remove(index_.path() / "CURRENT");
  const auto publisher = IndexPublisher::Open(index_.path());
  ASSERT_TRUE(publisher.has_value());
  ASSERT_TRUE((*publisher)->live().has_value());
  EXPECT_EQ((*publisher)->live()->generation, newest.generation);
  EXPECT_EQ(*ReadCurrent(index_.path()), ManifestFileName(newest.generation));
}

TEST_F(IndexPublisherTest, AGenerationWithoutItsFilesIsNotRestored) {
  index_.Publish(Postings(3));
  index_.Publish(Postings(5));
  const Manifest newest = *index_.publisher().live();
  index_.Close();
  fs::remove(index_.path() / "CURRENT");
  fs::remove(index_.path() / newest.segments.front().name / "cards.bin");
  const auto publisher = IndexPublisher::Open(index_.path());
  ASSERT_TRUE(publisher.has_value());
  ASSERT_TRUE((*publisher)->live().has_value());
  EXPECT_EQ((*publisher)->live()->generation, newest.generation - 1);
}

TEST_F(IndexPublisherTest, ABrokenCurrentIsRefusedWithAWayOut) {
  index_.Publish(Postings(2));
  index_.Close();
  for (const char* content :
       {"manifest-00000009.json\n", "", "\n", "rubbish", "../../etc/passwd", "CURRENT"}) {
    WriteBytes(index_.path() / "CURRENT", content);
    const Error error = OpenError();
    EXPECT_NE(error.code, ErrorCode::kNotFound) << content;
    EXPECT_THAT(error.message, AllOf(HasSubstr(index_.path().string()), HasSubstr("build afresh")));
    EXPECT_TRUE(fs::exists(index_.path() / "seg-00000001")) << "nothing may be removed";
  }
}

TEST_F(IndexPublisherTest, ABrokenLiveManifestIsRefusedWithAWayOut) {
  index_.Publish(Postings(2));
  index_.Close();
  const fs::path path = index_.path() / "manifest-00000001.json";
  std::string text = ReadBytes(path);
  text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
  WriteBytes(path, text);
  const Error broken = OpenError();
  EXPECT_EQ(broken.code, ErrorCode::kCorruption);
  EXPECT_THAT(broken.message, AllOf(HasSubstr(path.string()), HasSubstr("build afresh")));
  fs::remove(path);
  const Error missing = OpenError();
  EXPECT_EQ(missing.code, ErrorCode::kCorruption);
  EXPECT_THAT(missing.message, AllOf(HasSubstr(path.string()), HasSubstr("build afresh")));
  EXPECT_TRUE(fs::exists(index_.path() / "seg-00000001")) << "nothing may be removed";
}

TEST_F(IndexPublisherTest, ABrokenOldManifestStopsNothing) {
  index_.Publish(Postings(1));
  index_.Publish(Postings(2));
  WriteBytes(index_.path() / "manifest-00000001.json", "broken");
  index_.Publish(Postings(3));
  EXPECT_EQ(index_.publisher().live()->generation, 3U);
}

TEST_F(IndexPublisherTest, FilesThatChangedSinceTheyWereWrittenAreNotPublished) {
  index_.Publish(Postings(1));
  for (const char* name : {"text.glass", "columns.bin", "cards.bin", "hits.bin"}) {
    const fs::path folder = index_.publisher().NextSegmentDirectory();
    fs::remove_all(folder);
    const SegmentInfo info = *test::WriteSegment(folder, Postings(9), 1);
    std::string bytes = ReadBytes(folder / name);
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
    WriteBytes(folder / name, bytes);
    const auto published =
        index_.publisher().Publish({info}, *ParseTime("2026-11-22T05:10:00+09:00"), "a");
    ASSERT_FALSE(published.has_value());
    EXPECT_EQ(published.error().code, ErrorCode::kCorruption);
    EXPECT_THAT(published.error().message, HasSubstr((folder / name).string()));
    fs::remove(folder / name);
    EXPECT_FALSE(index_.publisher()
                     .Publish({info}, *ParseTime("2026-11-22T05:10:00+09:00"), "a")
                     .has_value());
  }
  EXPECT_EQ(index_.Open()->generation(), 1U);
}

TEST_F(IndexPublisherTest, ADirectoryThatCannotBeMadeIsNamed) {
  test::TemporaryFolder folder;
  WriteBytes(folder / "file", "");
  const auto publisher = IndexPublisher::Open(folder / "file" / "index");
  ASSERT_FALSE(publisher.has_value());
  EXPECT_EQ(publisher.error().code, ErrorCode::kInternal);
  EXPECT_THAT(publisher.error().message, HasSubstr((folder / "file" / "index").string()));
}

TEST_F(IndexPublisherTest, ADirectoryThatVanishedIsAnErrorThatNamesIt) {
  index_.Publish(Postings(1));
  const std::vector<SegmentInfo> segments = index_.publisher().live()->segments;
  fs::remove_all(index_.path());
  const auto published =
      index_.publisher().Publish(segments, *ParseTime("2026-11-22T05:10:00+09:00"), "a");
  ASSERT_FALSE(published.has_value());
  EXPECT_THAT(published.error().message, HasSubstr(index_.path().string()));
}

TEST(FileLockTest, SharedLocksMeetExclusiveOnesDoNot) {
  test::TemporaryFolder folder;
  const fs::path path = folder / "lock";
  EXPECT_EQ(FileLock::TryLock(path, FileLock::Mode::kShared, false).error().code,
            ErrorCode::kNotFound);
  auto writer = *FileLock::TryLock(path, FileLock::Mode::kExclusive, true);
  ASSERT_NE(writer, nullptr);
  ASSERT_TRUE(writer->WriteOwner("a longer name").has_value());
  ASSERT_TRUE(writer->WriteOwner("me").has_value());
  EXPECT_EQ(ReadBytes(path), "me");
  EXPECT_EQ(*FileLock::TryLock(path, FileLock::Mode::kShared, false), nullptr);
  EXPECT_EQ(*FileLock::TryLock(path, FileLock::Mode::kExclusive, true), nullptr);
  writer.reset();
  const auto reader = *FileLock::TryLock(path, FileLock::Mode::kShared, false);
  EXPECT_NE(reader, nullptr);
  EXPECT_NE(*FileLock::TryLock(path, FileLock::Mode::kShared, false), nullptr);
  EXPECT_EQ(*FileLock::TryLock(path, FileLock::Mode::kExclusive, false), nullptr);
}

}  // namespace
}  // namespace kyujin::index
