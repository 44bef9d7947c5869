// TextReaders: the text readers of one worker, one for each segment in use, opened when first asked
// for and closed when their segment has left the snapshot.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_reader.h"

namespace kyujin::index {

// Confined to one thread.
class TextReaders {
 public:
  // Returns the reader of segment `place` of `snapshot`; it lives until a call with another
  // snapshot. Errors: those of TextReader::Open; kCorruption when the file counts other documents.
  Result<TextReader*> Get(const Snapshot& snapshot, uint32_t place);

 private:
  struct Entry {
    std::shared_ptr<const Segment> segment;
    std::unique_ptr<TextReader> reader;
  };
  void CloseAllBut(const Snapshot& snapshot);

  uint64_t generation_ = 0;
  uint64_t index_id_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace kyujin::index
