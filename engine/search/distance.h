// Distances of a segment's documents from the point of a request (API.md 2, `near`): the order
// `distance` and `distance_km` of hits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/index/segment_columns.h"
#include "engine/schema/job_posting.h"

namespace kyujin::search {

// Returns how far `doc` is from `point`, or nothing when it has no position.
std::optional<double> DistanceKmOf(const index::SegmentColumns& columns,
                                   DocId doc,
                                   schema::Position point);

// The sort keys of the order `distance`: millimetres, nearest first, documents without a position
// last. Thread rule: Immutable.
class DistanceKeys {
 public:
  // Cost: one distance for each different position of the segment.
  DistanceKeys(const index::SegmentColumns& columns, schema::Position point);

  [[nodiscard]] uint64_t operator()(DocId doc) const {
    return keys_[places_[doc] < keys_.size() ? places_[doc] : keys_.size() - 1];
  }

 private:
  std::span<const uint32_t> places_;
  std::vector<uint64_t> keys_;  // by place; the last one is that of documents without
};

}  // namespace kyujin::search
