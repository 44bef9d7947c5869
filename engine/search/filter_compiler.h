// Filter compiler: a filter of the request becomes the set of documents of one segment that pass
// it. The allowed set comes first, before any word is looked at.
#pragma once

#include <optional>

#include "engine/base/bitmap.h"
#include "engine/base/bitmap_pool.h"
#include "engine/index/segment_columns.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"

namespace kyujin::search {

// A set that the index or the day keeps anyway: the documents that pass, or, when `inverted`, those
// that do not.
struct KeptSet {
  BitmapView documents;
  bool inverted = false;
};

// Returns the kept set that `filter` is, if it is one: nothing needs to be compiled then.
std::optional<KeptSet> FindKeptSet(const query::FilterBody& filter,
                                   const index::SegmentColumns& columns,
                                   const DayView& day);

// Returns the documents of `columns` that pass `filter` on the day of `day`; `pool` lends the set.
PooledBitmap CompileFilter(const query::FilterBody& filter,
                           const index::SegmentColumns& columns,
                           const DayView& day,
                           BitmapPool* pool);

}  // namespace kyujin::search
