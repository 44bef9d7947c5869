#include "engine/index/position_cursor.h"

#include <fmt/format.h>

namespace kyujin::index {

Status PositionCursor::Read(size_t place, std::vector<uint32_t>* positions) {
  if (place >= end_) {
    KYUJIN_RETURN_IF_ERROR(OpenBlock(place));
  }
  uint64_t passed = 0;
  for (; next_ < place; ++next_) {
    passed += postings_[next_].frequency;
  }
  if (!SkipPositions(&rest_, passed) ||
      !ReadPositions(&rest_, postings_[place].frequency, positions)) {
    return Broken();
  }
  ++next_;
  return {};
}

Status PositionCursor::OpenBlock(size_t place) {
  const std::string key = BlockKey(BlockKind::kPositions, term_, postings_[place].doc);
  KYUJIN_ASSIGN_OR_RETURN(const bool has_block,
                          reader_->ReadBlock(BlockKind::kPositions, key, &block_));
  TermBlockReader runs(block_);
  if (!has_block || !runs.SkipTo(term_)) {
    return Broken();
  }
  const TermRun& run = runs.run();
  if (run.first > place || run.count > postings_.size() - run.first ||
      place - run.first >= run.count) {
    return Broken();
  }
  rest_ = ByteReader(run.bytes);
  next_ = run.first;
  end_ = next_ + run.count;
  return {};
}

Error PositionCursor::Broken() const {
  return Corruption(
      fmt::format("{}: the positions of '{}' are broken", reader_->path().string(), term_));
}

}  // namespace kyujin::index
