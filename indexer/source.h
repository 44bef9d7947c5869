// Source: one form of input, read to records. First step of the indexing walk.
#pragma once

#include <cstdint>

#include "engine/base/byte_source.h"
#include "engine/base/result.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

// Confined to one thread.
class Source {
 public:
  virtual ~Source() = default;
  // Reads one file to its end in constant memory. Records before a break are delivered, the break
  // itself goes to RecordSink::OnBrokenPage and is no error here.
  // Errors: what `sink` returned, and what `input` returned unless it was kCorruption (broken data
  // are a broken page; an unreadable disk is not).
  virtual Status Read(ByteSource& input, uint32_t file, RecordSink& sink) = 0;
};

}  // namespace kyujin::indexer
