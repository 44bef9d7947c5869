// Relevance ranker: the best of a segment's matches by score: the sum of what the word lists give,
// and recency. Blocks of documents are scored in the order of the most that a document in them can
// reach, until no block left can reach the last of those kept: exact, and most matches are never
// scored (block-max, Ding and Suel 2011).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/base/shared_cache.h"
#include "engine/search/ranker.h"
#include "engine/search/recency.h"
#include "engine/search/top_docs.h"
#include "engine/search/word_list.h"

namespace kyujin::search {

// The most that recency adds in each block of a segment. Thread rule: Immutable.
class RecencyMaxima : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'R';
  RecencyMaxima(const index::SegmentColumns& columns, const Recency& recency);
  [[nodiscard]] size_t bytes() const override;
  [[nodiscard]] std::span<const uint32_t> values() const { return values_; }

 private:
  std::vector<uint32_t> values_;
};

// Returns the maxima of a segment, kept in the cache.
std::span<const uint32_t> RecencyMaximaOf(const index::Segment& segment,
                                          const Recency& recency,
                                          CacheSession* cache);

// What is ranked in one segment.
struct RelevanceInput {
  SegmentPlace place;
  std::span<const WordList* const> lists;
  const Recency& recency;
  std::span<const uint32_t> recency_maxima;
  BitmapView matches;
  uint64_t match_count = 0;
};

// Its memory is used again by the next request. Confined to one thread.
class RelevanceRanker {
 public:
  // Shows `top` those of the matches that can be among its first. Errors: kDeadlineExceeded.
  Status Rank(const RelevanceInput& input, Deadline deadline, TopDocs* top);

 private:
  Status RankInOrder(const RelevanceInput& input, Deadline deadline, TopDocs* top);
  Status RankBestFirst(const RelevanceInput& input, Deadline deadline, TopDocs* top);
  void BoundBlocks(const RelevanceInput& input);
  void ScoreBlock(const RelevanceInput& input, size_t block, TopDocs* top);
  // `rank`: where in the list the block begins. Returns where it ends, if the list is sparse.
  size_t AddList(const WordList& list,
                 size_t block,
                 size_t rank,
                 std::span<const uint64_t> matches);

  std::vector<uint64_t> bounds_;  // of the blocks
  std::vector<uint64_t> queue_;
  std::vector<size_t> passed_;  // of each list, what lies before the last block that was scored
  bool is_in_order_ = false;    // blocks come one after another
  uint64_t totals_[kBlockDocuments] = {};  // scores of the block at hand, all zero in between
};

}  // namespace kyujin::search
