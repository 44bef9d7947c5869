// ReadInputs: all input files through the source of their form into a sink. Several are parsed at
// once, but the sink sees their records as if they were read one after the other.
#pragma once

#include <cstddef>
#include <stop_token>

#include "engine/base/result.h"
#include "indexer/input_files.h"
#include "indexer/progress.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

// Calls `sink` from one thread at a time, in the order of the files and, within a file, of its
// records. Each thread keeps at most kRecordsAhead records that it has parsed before their turn.
// Errors: those of the sink; kInternal or kNotFound when a file cannot be opened or read, naming
// it; kUnavailable when `stop` was asked for. Of several, the one of the first file. Broken data
// are no error: they go to the sink.
inline constexpr size_t kRecordsAhead = 2000;
Status ReadInputs(const InputFiles& inputs,
                  RecordSink& sink,
                  Progress& progress,
                  const std::stop_token& stop,
                  size_t threads = 1);

}  // namespace kyujin::indexer
