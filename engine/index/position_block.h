// Position blocks: where the words of a segment stand, cut into pieces of a few kilobytes that
// text.glass keeps as metadata (FORMAT.md 5). A block holds runs of postings, term by term; the
// documents and frequencies of these postings are those of Xapian's posting list and are not said
// again. This is the codec; position_runs.h makes blocks, position_cursor.h reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/coding.h"
#include "engine/base/result.h"
#include "engine/base/types.h"

namespace kyujin::index {

// The metadata key of the block whose last posting is that of `term` in document `last`: keys
// ascend as blocks do, so that the block of a posting is the first one that is not before the
// posting's key.
std::string PositionKey(std::string_view term, DocId last);

// Some of a term's postings, one after another, and their positions.
struct PositionRun {
  uint32_t first = 0;  // which of the term's postings is the first of these, from 0
  uint32_t count = 0;
  std::string_view bytes;
};

// Appends the positions of one posting, ascending.
void AppendPositions(std::string* bytes, std::span<const uint32_t> positions);

// Replaces `positions` by the next posting's, which has `frequency` of them: ascending, equal ones
// once. Returns false when the bytes are broken.
bool ReadPositions(ByteReader* bytes, uint32_t frequency, std::vector<uint32_t>* positions);

// Passes `count` positions. Returns false when there are fewer.
bool SkipPositions(ByteReader* bytes, uint64_t count);

// Fills one block after another. Confined to one thread.
class PositionBlockBuilder {
 public:
  // Adds the next postings of `term`, of which the last is in document `last`. Requires: terms
  // ascend by bytes; postings of one term follow each other.
  void Add(std::string_view term, const PositionRun& run, DocId last);

  [[nodiscard]] bool empty() const { return term_.empty(); }
  // True when no more should be added.
  [[nodiscard]] bool full() const;
  // Returns the block and begins the next one. Requires: not empty.
  struct Block {
    std::string key;
    std::string bytes;
  };
  Block Finish();

 private:
  void CloseRun();

  std::string block_;
  std::string closed_term_;  // the last one in block_
  // The run that is still open.
  std::string term_;
  uint32_t first_ = 0;
  uint32_t count_ = 0;
  DocId last_ = 0;
  std::string bytes_;
};

// Walks through the runs of one block. Confined to one thread. Holds a view of the block.
class PositionBlockReader {
 public:
  explicit PositionBlockReader(std::string_view block) : rest_(block) {}

  // Goes to the next run. Returns false at the end, and where the block is broken: then failed()
  // says so.
  bool Next();
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const std::string& term() const { return term_; }
  [[nodiscard]] const PositionRun& run() const { return run_; }

 private:
  ByteReader rest_;
  std::string term_;
  PositionRun run_;
  bool failed_ = false;
};

// Returns the run of `term` in the block, or nothing when it has none or the block is broken.
std::optional<PositionRun> FindPositions(std::string_view block, std::string_view term);

}  // namespace kyujin::index
