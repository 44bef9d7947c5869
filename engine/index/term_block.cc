#include "engine/index/term_block.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/index/format.h"

namespace kyujin::index {

std::string BlockKey(BlockKind kind, std::string_view term, DocId last) {
  std::string key(1, static_cast<char>(kind));
  key += term;
  // No term holds a zero byte: a term's keys come before those of terms that begin with it.
  key.push_back('\0');
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    key.push_back(static_cast<char>(last >> (shift - 8)));
  }
  return key;
}

void TermBlockBuilder::Add(std::string_view term, const TermRun& run, DocId last) {
  if (term != term_) {
    CloseRun();
    term_ = term;
    first_ = run.first;
  }
  count_ += run.count;
  last_ = last;
  bytes_ += run.bytes;
}

bool TermBlockBuilder::full() const {
  const size_t limit = kind_ == BlockKind::kPostings ? kPostingBlockBytes : kPositionBlockBytes;
  return block_.size() + bytes_.size() >= limit;
}

TermBlockBuilder::Block TermBlockBuilder::Finish() {
  std::string key = BlockKey(kind_, term_, last_);
  CloseRun();
  term_.clear();
  closed_term_.clear();
  return {std::move(key), std::exchange(block_, {})};
}

void TermBlockBuilder::CloseRun() {
  if (term_.empty()) {
    return;
  }
  const auto differs =
      std::mismatch(term_.begin(), term_.end(), closed_term_.begin(), closed_term_.end());
  const auto shared = static_cast<size_t>(differs.first - term_.begin());
  AppendVarint(&block_, shared);
  AppendBytes(&block_, std::string_view(term_).substr(shared));
  AppendVarint(&block_, first_);
  AppendVarint(&block_, count_);
  AppendBytes(&block_, bytes_);
  closed_term_ = term_;
  count_ = 0;
  bytes_.clear();
}

bool TermBlockReader::Next() {
  if (failed_ || rest_.empty()) {
    return false;
  }
  const auto shared = rest_.Varint();
  const auto suffix = rest_.Bytes();
  const auto first = rest_.Varint();
  const auto count = rest_.Varint();
  const auto bytes = rest_.Bytes();
  constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();
  failed_ = !bytes || *shared > term_.size() || suffix->size() > kMaxTermBytes - *shared ||
            *shared + suffix->size() == 0 || *first > kMost || *count == 0 ||
            *count > kMost - *first;
  if (failed_) {
    return false;
  }
  term_.resize(*shared);
  term_ += *suffix;
  run_ = {static_cast<uint32_t>(*first), static_cast<uint32_t>(*count), *bytes};
  return true;
}

bool TermBlockReader::SkipTo(std::string_view term) {
  while (Next()) {
    if (term_ >= term) {
      return term_ == term;
    }
  }
  return false;
}

}  // namespace kyujin::index
