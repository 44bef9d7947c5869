// Generations of several segments: tombstones, lists of changes, the change feed, and segments that
// snapshots share.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/index/change_feed.h"
#include "engine/index/generation_edit.h"
#include "engine/index/snapshot.h"
#include "engine/index/tombstones.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;
using test::ReadBytes;
using test::WriteBytes;
using testing::HasSubstr;

class SegmentsTest : public testing::Test {
 protected:
  // Removes `numbers`, adds `postings` and publishes what comes of it.
  Manifest Change(const std::vector<uint64_t>& numbers,
                  const std::vector<schema::JobPosting>& postings) {
    IndexPublisher& publisher = index_.publisher();
    auto edit = *GenerationEdit::Open(index_.path(), *publisher.live());
    for (const uint64_t number : numbers) {
      edit->Remove(*edit->Find(number));
    }
    if (!postings.empty()) {
      EXPECT_TRUE(edit->Add(*test::WriteSegment(publisher.NextSegmentDirectory(), postings, 1))
                      .has_value());
    }
    GenerationDraft draft = edit->Finish();
    draft.as_of = "2026-11-23T05:10:00+09:00";
    draft.analyzer_version = test::AnalyzerVersion();
    const auto manifest = publisher.PublishDraft(std::move(draft));
    EXPECT_TRUE(manifest.has_value()) << manifest.error().message;
    return *manifest;
  }

  std::mt19937_64 random_{test::RandomSeed()};
  std::vector<schema::JobPosting> postings_ = test::RandomPostings(&random_, 70);
  test::TestIndex index_;
};

TEST_F(SegmentsTest, TombstonesComeBack) {
  for (const size_t documents : {1U, 63U, 64U, 65U, 1000U}) {
    Bitmap dead(documents);
    for (DocId doc = 0; doc < documents; doc += 3) {
      dead.Set(doc);
    }
    const fs::path path = index_.path() / ("tombstones-" + std::to_string(documents));
    ASSERT_TRUE(WriteTombstones(path, dead).has_value());
    const auto read = Tombstones::Read(path, static_cast<uint32_t>(documents));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ((*read)->count(), (documents + 2) / 3);
    for (DocId doc = 0; doc < documents; ++doc) {
      EXPECT_EQ((*read)->IsDead(doc), doc % 3 == 0);
    }
    const auto other = Tombstones::Read(path, static_cast<uint32_t>(documents) + 64);
    ASSERT_FALSE(other.has_value());
    EXPECT_THAT(other.error().message, HasSubstr(path.string()));
  }
}

TEST_F(SegmentsTest, ChangeListsComeBack) {
  const fs::path path = index_.path() / "changes";
  const ChangeList list{7,
                        42,
                        *Date::Parse("2026-11-22"),
                        {{1, UINT64_MAX, ChangeOp::kAdded},
                         {2, 5, ChangeOp::kUpdated},
                         {3, 5, ChangeOp::kRewritten},
                         {9'999'999'999'999, 6, ChangeOp::kRemoved}}};
  ASSERT_TRUE(WriteChangeList(path, list).has_value());
  const auto read = ReadChangeList(path);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->index_id, list.index_id);
  EXPECT_EQ(read->generation, list.generation);
  EXPECT_EQ(read->date, list.date);
  EXPECT_EQ(read->changes, list.changes);
}

TEST_F(SegmentsTest, AnyOtherBytesAreRefusedByName) {
  const fs::path tombstones = index_.path() / "dead";
  const fs::path changes = index_.path() / "changes";
  Bitmap dead(70);
  dead.Set(3);
  ASSERT_TRUE(WriteTombstones(tombstones, dead).has_value());
  ASSERT_TRUE(WriteChangeList(changes, {1, 2, Date(), {{1, 2, ChangeOp::kAdded}}}).has_value());
  for (const fs::path& path : {tombstones, changes}) {
    const std::string sound = ReadBytes(path);
    for (size_t i = 0; i < sound.size(); ++i) {
      std::string bytes = sound;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << random_() % 8));
      WriteBytes(path, bytes);
      const bool is_refused = path == tombstones ? !Tombstones::Read(path, 70).has_value()
                                                 : !ReadChangeList(path).has_value();
      EXPECT_TRUE(is_refused) << path << " byte " << i;
      WriteBytes(path, sound.substr(0, i));
      const Error error =
          path == tombstones ? Tombstones::Read(path, 70).error() : ReadChangeList(path).error();
      EXPECT_THAT(error.message, HasSubstr(path.string()));
    }
  }
}

TEST_F(SegmentsTest, WhatIsRemovedIsNotFoundAndWhatComesAgainIsFoundAnew) {
  index_.Publish(postings_);
  schema::JobPosting changed = postings_[5];
  changed.content_hash = ~changed.content_hash;
  const uint64_t gone = postings_[4].number.value();
  const Manifest manifest = Change({gone, changed.number.value()}, {changed});
  EXPECT_EQ(manifest.documents, postings_.size() - 1);
  EXPECT_EQ(manifest.segments[0].dead, 2U);
  const auto snapshot = index_.Open();
  EXPECT_FALSE(snapshot->Find(postings_[4].number).has_value());
  const auto address = snapshot->Find(changed.number);
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->segment, 1U);
  EXPECT_EQ(snapshot->Find(postings_[6].number)->segment, 0U);
  const auto list = ReadChangeList(index_.path() / ChangeFileName(2));
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->changes.size(), 2U);
  EXPECT_EQ(list->changes[0].op, ChangeOp::kRemoved);
  // Only in what nobody sees: in the same version.
  EXPECT_EQ(list->changes[1].op, ChangeOp::kRewritten);
  EXPECT_FALSE(IsNews(list->changes[1].op));
  changed.content_hash = ~changed.content_hash;
  changed.feed.Set(schema::Tag::kSksu, "別の仕事");
  Change({changed.number.value()}, {changed});
  const auto next = ReadChangeList(index_.path() / ChangeFileName(3));
  ASSERT_TRUE(next.has_value());
  ASSERT_EQ(next->changes.size(), 1U);
  EXPECT_EQ(next->changes[0].op, ChangeOp::kUpdated);
  EXPECT_TRUE(IsNews(next->changes[0].op));
}

TEST_F(SegmentsTest, ASegmentInWhichNobodyLivesIsLeftOut) {
  index_.Publish({postings_[0], postings_[1]});
  Change({}, {postings_[2]});
  const Manifest manifest = Change({postings_[0].number.value(), postings_[1].number.value()}, {});
  ASSERT_EQ(manifest.segments.size(), 1U);
  EXPECT_EQ(manifest.documents, 1U);
  EXPECT_EQ(index_.Open()->segments().size(), 1U);
  EXPECT_EQ(Change({postings_[2].number.value()}, {}).segments.size(), 0U);
  EXPECT_EQ(index_.Open()->documents(), 0U);
}

TEST_F(SegmentsTest, SnapshotsShareTheSegmentsTheyHaveInCommon) {
  index_.Publish({postings_[0], postings_[1]});
  const auto first = index_.Open();
  Change({postings_[0].number.value()}, {postings_[2]});
  const auto second = *Snapshot::Open(index_.path(), test::AnalyzerVersion(), first.get());
  EXPECT_EQ(second->segments()[0], first->segments()[0]);
  EXPECT_TRUE(first->Find(postings_[0].number).has_value()) << "the old one sees it as it was";
  EXPECT_FALSE(second->Find(postings_[0].number).has_value());
  index_.Publish({postings_[0]});
  const auto third = *Snapshot::Open(index_.path(), test::AnalyzerVersion(), second.get());
  EXPECT_NE(third->segments()[0], first->segments()[0]);
}

TEST_F(SegmentsTest, TheFeedIsReadInPagesOfAnySize) {
  index_.Publish({postings_[0]});
  const auto begin = NowOf(*index_.Open());
  Change({}, {postings_.begin() + 1, postings_.begin() + 5});
  Change({postings_[1].number.value()}, {});
  const auto snapshot = index_.Open();
  for (size_t limit = 1; limit <= 6; ++limit) {
    ChangePosition at = begin;
    std::vector<uint64_t> numbers;
    for (bool has_more = true; has_more;) {
      const auto page = ReadChanges(*snapshot, at, limit);
      ASSERT_TRUE(page.has_value()) << page.error().message;
      EXPECT_LE(page->entries.size(), limit);
      for (const auto& entry : page->entries) {
        numbers.push_back(entry.change.number);
      }
      has_more = page->has_more || page->next.generation <= snapshot->generation();
      at = page->next;
    }
    EXPECT_EQ(numbers.size(), 5U);
    EXPECT_EQ(numbers.back(), postings_[1].number.value());
    EXPECT_EQ(at, NowOf(*snapshot));
  }
}

TEST_F(SegmentsTest, TokensThatCannotBeGoneOnFromAreGone) {
  index_.Publish({postings_[0]});
  Change({}, {postings_[1]});
  const auto snapshot = index_.Open();
  EXPECT_EQ(ReadChanges(*snapshot, {snapshot->index_id() + 1, 2, 0}, 9).error().code,
            ErrorCode::kGone);
  EXPECT_EQ(ReadChanges(*snapshot, {snapshot->index_id(), 1, 0}, 9).error().code, ErrorCode::kGone)
      << "the first generation has no list";
  const ChangePosition future{snapshot->index_id(), 9, 3};
  const auto page = ReadChanges(*snapshot, future, 9);
  ASSERT_TRUE(page.has_value()) << "a server that lags behind";
  EXPECT_TRUE(page->entries.empty());
  EXPECT_EQ(page->next, future);
}

TEST_F(SegmentsTest, TokensComeBackAndOthersAreRefused) {
  const ChangePosition position{UINT64_MAX, 42, 7};
  const std::string token = EncodeChangePosition(position);
  EXPECT_EQ(*DecodeChangePosition(token), position);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_FALSE(DecodeChangePosition(other).has_value()) << i;
  }
  EXPECT_FALSE(DecodeChangePosition("").has_value());
  EXPECT_FALSE(DecodeChangePosition(token + "0").has_value());
}

}  // namespace
}  // namespace kyujin::index
