// A segment or an index of random postings, and the postings themselves to compare with.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "engine/index/snapshot.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/posting_builder.h"
#include "tests/testing/random_seed.h"

namespace kyujin::search {

class SearchFixture : public testing::Test {
 protected:
  void Build(size_t count, size_t shards = 1) {
    postings_ = test::RandomPostings(&random_, count);
    index_.Publish(postings_, shards);
    snapshot_ = index_.Open();
  }
  [[nodiscard]] const index::SegmentColumns& columns() const {
    return snapshot_->segments().front()->columns();
  }
  // A set in which each document is with the chance 1 / `one_in`.
  Bitmap RandomSet(uint64_t one_in) {
    Bitmap set(postings_.size());
    for (DocId doc = 0; doc < postings_.size(); ++doc) {
      if (random_() % one_in == 0) {
        set.Set(doc);
      }
    }
    return set;
  }

  std::mt19937_64 random_{test::RandomSeed()};
  test::TestIndex index_;
  std::vector<schema::JobPosting> postings_;
  std::shared_ptr<const index::Snapshot> snapshot_;
};

inline std::vector<DocId> Members(BitmapView set) {
  std::vector<DocId> members;
  set.ForEach([&](DocId doc) { members.push_back(doc); });
  return members;
}

}  // namespace kyujin::search
