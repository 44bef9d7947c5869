#include "indexer/merge_policy.h"

#include <algorithm>
#include <numeric>

namespace kyujin::indexer {
namespace {

uint32_t Live(const index::SegmentInfo& segment) {
  return segment.documents - segment.dead;
}

bool HasManyDead(const index::SegmentInfo& segment) {
  return segment.documents >= kMinCompactedDocuments &&
         static_cast<double>(segment.dead) > kMaxDeadShare * segment.documents;
}

}  // namespace

std::vector<uint32_t> SegmentsToFold(const std::vector<index::SegmentInfo>& segments) {
  std::vector<uint32_t> fold;
  std::vector<uint32_t> others;
  for (uint32_t i = 0; i < segments.size(); ++i) {
    (HasManyDead(segments[i]) ? fold : others).push_back(i);
  }
  if (segments.size() > kMaxSegments) {
    std::sort(others.begin(), others.end(), [&](uint32_t a, uint32_t b) {
      return Live(segments[a]) < Live(segments[b]);
    });
    uint64_t smaller = 0;
    for (size_t i = 0; i < others.size(); ++i) {
      if (i >= 2 && Live(segments[others[i]]) > 2 * smaller) {
        break;
      }
      smaller += Live(segments[others[i]]);
      fold.push_back(others[i]);
    }
  }
  std::sort(fold.begin(), fold.end());
  return fold;
}

}  // namespace kyujin::indexer
