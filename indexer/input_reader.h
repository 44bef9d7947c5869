// ReadInputs: all input files, one after the other, through the source of their form into a sink.
#pragma once

#include <stop_token>

#include "engine/base/result.h"
#include "indexer/input_files.h"
#include "indexer/progress.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

// Errors: those of the sink; kInternal or kNotFound when a file cannot be opened or read, naming
// it; kUnavailable when `stop` was asked for. Broken data are no error: they go to the sink.
Status ReadInputs(const InputFiles& inputs,
                  RecordSink& sink,
                  Progress& progress,
                  const std::stop_token& stop);

}  // namespace kyujin::indexer
