// Filter sets: what the filters of a request let through, from the cache or compiled now. A set
// that is asked for again is remembered, like the lists of words; emptying the cache changes times
// only.
#pragma once

#include <string>

#include "engine/base/bitmap_pool.h"
#include "engine/base/shared_cache.h"
#include "engine/index/snapshot.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"

namespace kyujin::search {

// Returns equal bytes for filters that let the same documents through on the same day; none for
// filters that are not worth remembering (lists of postings and employers are one person's).
std::string FilterKey(const query::FilterBody& filter);

// The documents that pass a filter: on loan, or in the cache, where they live as long as its
// session.
struct FilterSet {
  PooledBitmap own;
  BitmapView documents;
};

// The sets of one segment on one day. Confined to one thread. Holds references to everything it is
// made with.
class FilterSets {
 public:
  FilterSets(const index::Segment& segment,
             const DayView& day,
             CacheSession* cache,
             BitmapPool* pool)
      : segment_(segment), day_(day), cache_(*cache), pool_(*pool) {}

  [[nodiscard]] FilterSet Get(const query::FilterBody& filter);

 private:
  const index::Segment& segment_;
  const DayView& day_;
  CacheSession& cache_;
  BitmapPool& pool_;
};

}  // namespace kyujin::search
