// Searcher: the entry of engine/search. One request against one snapshot: filters, words, counts,
// facets, order, page.
#pragma once

#include <memory>

#include "engine/base/bitmap_pool.h"
#include "engine/base/date.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/base/shared_cache.h"
#include "engine/index/snapshot.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/relevance_ranker.h"
#include "engine/search/search_result.h"
#include "engine/search/word_lists.h"

namespace kyujin::search {

// What a worker keeps from request to request. Confined to one thread.
struct WorkerState {
  WordMemory words;
  RelevanceRanker ranker;
  BitmapPool bitmaps;
};

// Everything a search needs beside the request. The references outlive the call.
struct SearchContext {
  const index::Snapshot& snapshot;
  WorkerState& worker;
  Date today;
  Deadline deadline = Deadline::Infinite();
};

struct SearcherOptions {
  // Bound of the memory for postings and what is made of them; 0 keeps nothing.
  size_t postings_cache_bytes = size_t{2} << 30;
};

// Thread rule: Thread-safe.
class Searcher {
 public:
  explicit Searcher(const SearcherOptions& options = {})
      : postings_(options.postings_cache_bytes) {}

  // Returns total, page and facets. Errors: kDeadlineExceeded, kCorruption.
  Result<SearchResult> Search(const query::SearchRequest& request, const SearchContext& context);

  // Returns what matches the request's filters and words, segment by segment. Errors: as Search.
  Result<std::vector<Bitmap>> Documents(const query::SearchRequest& request,
                                        const SearchContext& context);

  // Makes what the first request of a day would have to make. Cost: milliseconds a segment.
  void Warm(const index::Snapshot& snapshot, Date today);

  [[nodiscard]] const SharedCache& postings_cache() const { return postings_; }

 private:
  DayViewCache days_;
  SharedCache postings_;
};

}  // namespace kyujin::search
