// MostFrequentWords: which words most live postings of a generation hold, in whatever field.
#pragma once

#include <cstddef>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "indexer/index_stats.h"

namespace kyujin::indexer {

// Returns the `wanted` words that most live postings hold, most frequent first, equals by their
// bytes; parts of compounds and negated words are none. Errors: kCorruption, kUnavailable when
// `stop` was asked for. Cost: one pass over the terms, and the posting lists of the most frequent.
Result<std::vector<Count>> MostFrequentWords(const index::Snapshot& snapshot,
                                             size_t wanted,
                                             const std::stop_token& stop);

}  // namespace kyujin::indexer
