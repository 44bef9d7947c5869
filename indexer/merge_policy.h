// Merge policy: which segments of a generation are worth folding into one (DESIGN.md 4).
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/index/segment_writer.h"

namespace kyujin::indexer {

inline constexpr size_t kMaxSegments = 8;
inline constexpr double kMaxDeadShare = 0.1;
// Below, the dead cost too little to be worth a merge of their own.
inline constexpr uint32_t kMinCompactedDocuments = 10'000;

// Returns the places of the segments to fold, ascending; none when the generation is well as it is.
// - A segment of at least kMinCompactedDocuments with more than kMaxDeadShare dead is written anew.
// - Above kMaxSegments segments the smallest are folded: as many as are each at most twice as large
//   as all smaller ones together, so that a posting is written again only when its segment at least
//   grows by half, and at least two.
std::vector<uint32_t> SegmentsToFold(const std::vector<index::SegmentInfo>& segments);

}  // namespace kyujin::indexer
