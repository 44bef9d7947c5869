// Term runs: the postings and positions of a shard on their way into text.glass. They are collected
// by term in bounded memory, written to scratch files sorted by term, and merged into term blocks
// when the segment is joined.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/term_block.h"

namespace kyujin::index {

// Collects the words of one shard. Confined to one thread.
class TermRunWriter {
 public:
  // Scratch files go into `folder`, which exists; about `memory_bytes` of postings and positions
  // are held before one is written. The names of all terms come on top.
  TermRunWriter(std::filesystem::path folder, uint64_t memory_bytes)
      : folder_(std::move(folder)), memory_bytes_(memory_bytes) {}

  // Returns the number under which a new term is added. Requires: it has none yet.
  uint32_t AddTerm(std::string_view term);
  // Adds where a term stands in `doc`. Requires: documents ascend, a term comes once in each;
  // positions ascend, and there is one at least. Errors: kInternal when the disk does not take it.
  Status Add(uint32_t term, DocId doc, std::span<const uint32_t> positions);
  // Writes what is left.
  Status Finish();

  // The scratch files, in the order of their documents.
  [[nodiscard]] const std::vector<ScratchFile>& files() const { return files_; }
  // What postings and positions hold now, to see that it is given back.
  [[nodiscard]] uint64_t held_bytes() const;

 private:
  // Postings of a term that follow each other, and stay together up to their blocks.
  struct Piece {
    DocId first = 0;
    DocId last = 0;
    uint32_t first_frequency = 0;
    uint32_t count = 0;
    std::string postings;  // all but the first
    std::string positions;
  };
  struct Term {
    std::string name;
    std::string closed;     // pieces as they go to the file
    uint32_t postings = 0;  // in them and in the one that is open
    uint32_t pieces = 0;
    Piece open;
    void ClosePiece();
    void Clear();
  };
  Status WriteFile();

  std::filesystem::path folder_;
  uint64_t memory_bytes_;
  uint64_t bytes_ = 0;
  std::vector<Term> terms_;        // by number
  std::vector<uint32_t> waiting_;  // those that have postings which are not written yet
  std::vector<ScratchFile> files_;
};

// A scratch file whose document 0 is document `base` of the segment.
struct TermRunFile {
  ScratchFile file;
  DocId base = 0;
};

// Merges scratch files, given in the order of their documents, and calls `write` with each block,
// those of each kind ascending by key, until it returns an error. Errors: those of `write`;
// kCorruption when a file is not what was written.
using BlockSink = std::function<Status(BlockKind kind, const TermBlockBuilder::Block&)>;
Status MergeTermRuns(const std::vector<TermRunFile>& files, const BlockSink& write);

}  // namespace kyujin::index
