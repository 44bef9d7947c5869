// MergePipeline: `kyujin-index merge`, and what apply and sync do by policy: the live postings of
// some segments, written anew as one. No posting changes; the dead are gone, from the statistics of
// words too.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/index_publisher.h"
#include "engine/index/manifest.h"
#include "engine/index/snapshot.h"
#include "indexer/build_pipeline.h"
#include "indexer/progress.h"
#include "indexer/segment_build.h"

namespace kyujin::indexer {

// Confined to one thread. Holds references to publisher and progress, which must outlive it.
class MergePipeline {
 public:
  MergePipeline(BuildOptions options,
                index::IndexPublisher& publisher,
                SegmentFactory create_segment,
                Progress& progress)
      : options_(std::move(options)),
        publisher_(publisher),
        create_segment_(std::move(create_segment)),
        progress_(progress) {}

  // Everything into one segment without dead, or only what the policy finds worth it. Returns the
  // manifest that is live now: the one before when there was nothing to merge. Errors: kUnavailable
  // when there is no index, it is of another version, or `stop` was asked for; else those of the
  // parts. After any error the index is as it was.
  Result<index::Manifest> MergeAll(const std::stop_token& stop);
  Result<index::Manifest> MergeByPolicy(const std::stop_token& stop);

 private:
  [[nodiscard]] Status CheckLive() const;
  Result<index::Manifest> Fold(const std::vector<uint32_t>& places, const std::stop_token& stop);
  Result<index::SegmentInfo> Write(const std::vector<uint32_t>& places,
                                   const std::stop_token& stop);

  BuildOptions options_;
  index::IndexPublisher& publisher_;
  SegmentFactory create_segment_;
  Progress& progress_;
};

}  // namespace kyujin::indexer
