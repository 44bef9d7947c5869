// WordMatcher: the words of a request against the words of the index: which documents of a segment
// match, by joining word lists, and the lists that score them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/bitmap_pool.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/query/word_query.h"
#include "engine/search/word_list.h"
#include "engine/search/word_lists.h"

namespace kyujin::search {

// What the words found in one segment. Lives no longer than its matcher.
struct WordMatches {
  PooledBitmap documents;
  std::vector<const WordList*> scoring;  // one for each word that scores
};

// Confined to one thread. Holds references to everything it is made with.
class WordMatcher {
 public:
  WordMatcher(const query::WordQuery& words,
              const index::Snapshot& snapshot,
              CacheSession* cache,
              WordMemory* memory,
              Deadline deadline);

  // Returns those of `candidates` in segment `segment` that match. Errors: kDeadlineExceeded,
  // kCorruption.
  Result<WordMatches> Match(uint32_t segment, BitmapView candidates);

  // The lists it matches with.
  [[nodiscard]] WordLists& lists() { return lists_; }

 private:
  using Lists = std::vector<const WordList*>;

  Result<Lists> ListsOf(const query::WordClause& clause, uint32_t segment, BitmapView candidates);
  void KeepAny(const Lists& lists, NarrowedBitmap* documents);

  const query::WordQuery& words_;
  const index::Snapshot& snapshot_;
  WordMemory& memory_;
  WordLists lists_;
};

}  // namespace kyujin::search
