// RecordSink: where a source puts what it reads. Sources know the form of the input, the sink knows
// what becomes of a record.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"
#include "engine/schema/feed_record.h"

namespace kyujin::indexer {

// Where a record begins in the input.
struct RecordPlace {
  uint32_t file = 0;  // position in InputFiles::files
  uint64_t line = 0;  // 1-based
  uint64_t byte = 0;  // of the decompressed text, 0-based
};

// A record that cannot become a document, or the break of a page.
struct Reject {
  std::string number;  // as given, may be empty
  std::string field;   // the tag at fault; empty when it is the record as a whole
  std::string reason;  // English, names the value
  RecordPlace place;
};

// No source makes a record larger than this: what is larger is a reject, and is read past without
// being kept. A real record has about 2 KiB.
struct RecordLimits {
  size_t record_bytes = 1U << 20;  // names and texts together
  size_t value_bytes = 64U << 10;
  size_t values = 2000;
};

// Confined to one thread. A returned error stops the source, which hands it to its caller.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // `record` is the caller's buffer and may be changed.
  virtual Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) = 0;
  virtual Status OnReject(const Reject& reject) = 0;
  // The rest of the file cannot be read; `reject.place` is the place of the break.
  virtual Status OnBrokenPage(const Reject& reject) = 0;
};

}  // namespace kyujin::indexer
