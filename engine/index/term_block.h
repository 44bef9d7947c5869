// Term blocks: what a segment says of its terms, cut into pieces of a few kilobytes that text.glass
// keeps as metadata (FORMAT.md 5). A block holds runs of postings, term by term; there are blocks
// of postings (documents and frequencies) and blocks of positions, with the same frame. This is the
// frame; posting_list.h is the codec of what stands in it, term_runs.h makes blocks, text_reader.h
// reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/coding.h"
#include "engine/base/types.h"

namespace kyujin::index {

// What the runs of a block hold: the first byte of its key.
enum class BlockKind : char { kPositions = 'P', kPostings = 'W' };

// The metadata key of the block whose last posting is that of `term` in document `last`: keys
// ascend as blocks do, so that the block of a posting is the first one that is not before the
// posting's key.
std::string BlockKey(BlockKind kind, std::string_view term, DocId last);

// Some of a term's postings, one after another.
struct TermRun {
  uint32_t first = 0;  // which of the term's postings is the first of these, from 0
  uint32_t count = 0;
  std::string_view bytes;
};

// Fills one block after another. Confined to one thread.
class TermBlockBuilder {
 public:
  explicit TermBlockBuilder(BlockKind kind) : kind_(kind) {}

  // Adds the next postings of `term`, of which the last is in document `last`. Requires: terms
  // ascend by bytes; postings of one term follow each other; no term is empty or holds a zero byte.
  void Add(std::string_view term, const TermRun& run, DocId last);

  [[nodiscard]] BlockKind kind() const { return kind_; }
  [[nodiscard]] bool empty() const { return term_.empty(); }
  // True when what is added of `term` next goes on with the run before.
  [[nodiscard]] bool Continues(std::string_view term) const { return term == term_; }
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

  BlockKind kind_;
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
class TermBlockReader {
 public:
  explicit TermBlockReader(std::string_view block) : rest_(block) {}

  // Goes to the next run. Returns false at the end, and where the block is broken: then failed()
  // says so.
  bool Next();
  // Goes to the run of `term`. Returns false when there is none, or the block is broken before it.
  // Requires: terms ascend in the block, as its builder made them.
  bool SkipTo(std::string_view term);
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const std::string& term() const { return term_; }
  [[nodiscard]] const TermRun& run() const { return run_; }

 private:
  ByteReader rest_;
  std::string term_;
  TermRun run_;
  bool failed_ = false;
};

}  // namespace kyujin::index
