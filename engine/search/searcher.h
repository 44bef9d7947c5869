// Searcher: the entry of engine/search. One request against one snapshot: filters, words, counts,
// facets, order, page.
#pragma once

#include <memory>

#include "engine/base/bitmap_pool.h"
#include "engine/base/date.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/ranker.h"
#include "engine/search/search_result.h"

namespace kyujin::search {

// What a worker keeps from request to request: open text readers, score memory and
// bitmaps. Confined to one
// thread.
struct WorkerState {
  index::TextReaders text_readers;
  ScoreBoard scores;
  BitmapPool bitmaps;
};

// Everything a search needs beside the request. The references outlive the call.
struct SearchContext {
  const index::Snapshot& snapshot;
  WorkerState& worker;
  Date today;
  Deadline deadline = Deadline::Infinite();
};

// Thread rule: Thread-safe.
class Searcher {
 public:
  // Returns total, page and facets. Errors: kDeadlineExceeded, kCorruption.
  Result<SearchResult> Search(const query::SearchRequest& request, const SearchContext& context);

  // Makes what the first request of a day would have to make. Cost: milliseconds a segment.
  void Warm(const index::Snapshot& snapshot, Date today);

 private:
  DayViewCache days_;
};

}  // namespace kyujin::search
