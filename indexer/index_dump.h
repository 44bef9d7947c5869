// DumpIndex: `kyujin-index dump`, the live postings of an index as JSON Lines that `build` reads
// back to the same answers.
#pragma once

#include <filesystem>
#include <ostream>
#include <stop_token>

#include "engine/base/result.h"

namespace kyujin::indexer {

// Writes one posting object (API.md 6) a line, segment after segment, each in order of numbers; the
// condition `new` as of the day of the index.
// Errors: kNotFound when there is no index; kUnavailable when it is of another version or `stop`
// was asked for; kCorruption; kInternal when `out` does not take it.
Status DumpIndex(const std::filesystem::path& index,
                 const std::stop_token& stop,
                 std::ostream& out);

}  // namespace kyujin::indexer
