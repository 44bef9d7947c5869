// Ranker: puts the matches of a segment in the order of the request, by a kept order or by sort
// keys, whichever costs less. By relevance: relevance_ranker.h.
#pragma once

#include <cstdint>

#include "engine/base/bitmap.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/segment_columns.h"
#include "engine/query/search_request.h"
#include "engine/search/top_docs.h"

namespace kyujin::search {

// Returns the kept order of a sort under a wage basis. Requires: neither relevance nor distance.
schema::SortOrder KeptOrder(query::Sort sort, query::WageBasis basis);

// The sort key of a score, so that higher scores come first; and back.
inline constexpr uint64_t ScoreKey(int64_t score) {
  return UINT64_MAX - static_cast<uint64_t>(score);
}
inline constexpr int64_t ScoreOfKey(uint64_t key) {
  return static_cast<int64_t>(UINT64_MAX - key);
}

// Where a segment is in its snapshot.
struct SegmentPlace {
  const index::SegmentColumns& columns;
  uint32_t segment;
};

// Shows `top` those of `matches` that can be among its first. Cost: about capacity × documents /
// matches steps through the kept order where matches are dense, one step a match where they are
// sparse.
Status RankByOrder(const SegmentPlace& place,
                   schema::SortOrder order,
                   BitmapView matches,
                   Deadline deadline,
                   TopDocs* top);

// Shows `top` all of `matches`, nearest to `point` first. Cost: one step a match.
Status RankByDistance(const SegmentPlace& place,
                      schema::Position point,
                      BitmapView matches,
                      Deadline deadline,
                      TopDocs* top);

}  // namespace kyujin::search
