// The engine's inner parts, each alone, as Google Benchmark cases: what a whole request is made of.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/index/snapshot.h"
#include "engine/text/analyzer.h"

namespace kyujin::bench {

// Every function registers its cases. Sizes are documents.
//
// Bitmap and column kernels, portable and AVX2 (where the processor has it), on made-up sets and
// columns of `documents`. Rate: documents a second.
void RegisterKernelBenchmarks(uint32_t documents);
// The best 31 of `documents` made-up keys.
void RegisterTopDocsBenchmarks(uint32_t documents);

// All facets of random sets of the first segment, from 0.01 % to 100 % of its documents. Rate:
// documents counted a second. Requires: `snapshot` has a segment.
void RegisterFacetBenchmarks(const std::shared_ptr<const index::Snapshot>& snapshot);
// Decoding the posting lists of the most frequent terms of some fields. Rate: postings a second.
// Requires: as above.
void RegisterPostingBenchmarks(const std::shared_ptr<const index::Snapshot>& snapshot);
// Word lists: found in the cache, and made anew. Requires: as above.
void RegisterWordBenchmarks(const std::shared_ptr<const index::Snapshot>& snapshot,
                            const std::shared_ptr<const text::AnalyzerModel>& model);
// A page of 30 hits and of 30 whole postings from random places. Requires: as above.
void RegisterStoreBenchmarks(const std::shared_ptr<const index::Snapshot>& snapshot);

}  // namespace kyujin::bench
