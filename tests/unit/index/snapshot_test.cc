#include "engine/index/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/base/file.h"
#include "engine/index/text_readers.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;
using test::ReadBytes;
using test::WriteBytes;
using testing::AllOf;
using testing::HasSubstr;

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() {
    std::mt19937_64 random(test::RandomSeed());
    postings_ = test::RandomPostings(&random, 60);
  }

  [[nodiscard]] Error OpenError() const {
    const auto snapshot = Snapshot::Open(index_.path(), test::AnalyzerVersion());
    EXPECT_FALSE(snapshot.has_value());
    return snapshot.has_value() ? Error() : snapshot.error();
  }

  test::TestIndex index_;
  std::vector<schema::JobPosting> postings_;
};

TEST_F(SnapshotTest, PostingsAreFoundAndRead) {
  // Even places in one segment, odd ones in the other: numbers interleave.
  std::vector<schema::JobPosting> even;
  std::vector<schema::JobPosting> odd;
  for (size_t i = 0; i < postings_.size(); ++i) {
    (i % 2 == 0 ? even : odd).push_back(postings_[i]);
  }
  index_.Publish(even, 2);
  index_.AddSegment(odd);
  const auto snapshot = index_.Open();
  EXPECT_EQ(snapshot->generation(), 2U);
  EXPECT_EQ(snapshot->documents(), postings_.size());
  EXPECT_EQ(snapshot->as_of(), "2026-11-22T05:10:00+09:00");
  EXPECT_EQ(snapshot->index_id(), index_.publisher().live()->index_id);
  for (const schema::JobPosting& posting : postings_) {
    const auto address = snapshot->Find(posting.number);
    ASSERT_TRUE(address.has_value());
    const auto read = snapshot->ReadPosting(*address);
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_TRUE(test::IsSame(*read, posting));
  }
  EXPECT_FALSE(snapshot->Find(schema::PostingNumber::FromValue(1)).has_value());
  EXPECT_FALSE(snapshot->Find(schema::PostingNumber::FromValue(9'999'999'999'999)).has_value());
}

TEST_F(SnapshotTest, NoIndexSaysHowToMakeOne) {
  const Error error = OpenError();
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr(index_.path().string()), HasSubstr("kyujin-index build")));
}

TEST_F(SnapshotTest, AnotherAnalyzerIsRefused) {
  index_.Publish(postings_);
  const auto snapshot = Snapshot::Open(index_.path(), "another");
  ASSERT_FALSE(snapshot.has_value());
  EXPECT_EQ(snapshot.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(snapshot.error().message, HasSubstr("kyujin-index build"));
}

TEST_F(SnapshotTest, TruncatedFilesAreRefusedByName) {
  index_.Publish(postings_);
  for (const char* name : {"text.glass", "columns.bin", "cards.bin", "hits.bin"}) {
    const fs::path path = index_.path() / "seg-00000001" / name;
    const std::string bytes = ReadBytes(path);
    for (const size_t size : {size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      WriteBytes(path, std::string_view(bytes).substr(0, size));
      const Error error = OpenError();
      EXPECT_EQ(error.code, ErrorCode::kCorruption);
      EXPECT_THAT(error.message, HasSubstr(path.string()));
    }
    WriteBytes(path, bytes);
  }
  EXPECT_TRUE(Snapshot::Open(index_.path(), test::AnalyzerVersion()).has_value());
}

TEST_F(SnapshotTest, MissingFilesAreRefusedByName) {
  index_.Publish(postings_);
  for (const char* name : {"seg-00000001/text.glass",
                           "seg-00000001/columns.bin",
                           "seg-00000001/cards.bin",
                           "seg-00000001/hits.bin",
                           "manifest-00000001.json"}) {
    const fs::path path = index_.path() / name;
    fs::rename(path, index_.path() / "aside");
    const Error error = OpenError();
    EXPECT_EQ(error.code, ErrorCode::kCorruption) << error.message;
    EXPECT_THAT(error.message, HasSubstr(path.string()));
    fs::rename(index_.path() / "aside", path);
  }
}

TEST_F(SnapshotTest, BrokenManifestsAreRefusedByName) {
  index_.Publish(postings_);
  const fs::path path = index_.path() / "manifest-00000001.json";
  const std::string text = ReadBytes(path);
  WriteBytes(path, std::string_view(text).substr(0, text.size() / 2));
  EXPECT_EQ(OpenError().code, ErrorCode::kCorruption);
  EXPECT_THAT(OpenError().message, HasSubstr(path.string()));
  Manifest manifest = *ParseManifest(text);
  manifest.verified = false;
  WriteBytes(path, SerializeManifest(manifest));
  EXPECT_THAT(OpenError().message, AllOf(HasSubstr(path.string()), HasSubstr("verified")));
}

TEST_F(SnapshotTest, ACurrentOfAnywhereStaysInsideTheDirectory) {
  index_.Publish(postings_);
  WriteBytes(index_.path().parent_path() / "manifest-00000009.json", "outside");
  WriteBytes(index_.path() / "CURRENT", "../manifest-00000009.json\n");
  EXPECT_THAT(OpenError().message, HasSubstr((index_.path() / "manifest-00000009.json").string()));
}

TEST_F(SnapshotTest, FilesOfDifferentSegmentsAreRefused) {
  index_.Publish(postings_);
  Manifest manifest = *index_.publisher().live();
  manifest.segments[0].documents -= 1;
  WriteBytes(index_.path() / "manifest-00000001.json", SerializeManifest(manifest));
  const Error error = OpenError();
  EXPECT_EQ(error.code, ErrorCode::kCorruption);
  EXPECT_THAT(error.message, HasSubstr("seg-00000001"));
}

TEST_F(SnapshotTest, TextOfAnotherSegmentIsRefused) {
  index_.Publish(postings_);
  const fs::path path = index_.path() / "seg-00000001" / "text.glass";
  index_.Publish({postings_.begin(), postings_.begin() + 10});
  fs::copy_file(
      index_.path() / "seg-00000002" / "text.glass", path, fs::copy_options::overwrite_existing);
  Manifest manifest = *ParseManifest(ReadBytes(index_.path() / "manifest-00000001.json"));
  manifest.segments[0].files[0].size = fs::file_size(path);
  WriteBytes(index_.path() / "manifest-00000001.json", SerializeManifest(manifest));
  WriteBytes(index_.path() / "CURRENT", "manifest-00000001.json\n");
  const auto snapshot = index_.Open();
  TextReaders readers;
  const auto reader = readers.Get(*snapshot, 0);
  ASSERT_FALSE(reader.has_value());
  EXPECT_EQ(reader.error().code, ErrorCode::kCorruption);
  EXPECT_THAT(reader.error().message, HasSubstr(path.string()));
}

TEST_F(SnapshotTest, ReadersAreOpenedOnceAndClosedWithTheirSegment) {
  index_.Publish(postings_);
  TextReaders readers;
  auto first = index_.Open();
  const auto reader = *readers.Get(*first, 0);
  EXPECT_EQ(*readers.Get(*first, 0), reader);
  const std::weak_ptr<const Segment> segment = first->segments()[0];
  // The same generation, opened once more: the old segment must not stay open for ever.
  const auto again = index_.Open();
  first.reset();
  EXPECT_FALSE(segment.expired());
  ASSERT_TRUE(readers.Get(*again, 0).has_value());
  EXPECT_TRUE(segment.expired());
}

TEST_F(SnapshotTest, TheHolderGivesWhatWasSetLast) {
  SnapshotHolder holder;
  EXPECT_EQ(holder.Get(), nullptr);
  index_.Publish(postings_);
  auto first = index_.Open();
  holder.Set(first);
  EXPECT_EQ(holder.Get(), first);
  const std::weak_ptr<const Snapshot> old = first;
  first.reset();
  index_.Publish(postings_);
  holder.Set(index_.Open());
  EXPECT_EQ(holder.Get()->generation(), 2U);
  EXPECT_TRUE(old.expired()) << "nobody else held it";
}

}  // namespace
}  // namespace kyujin::index
