#include "engine/index/position_block.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/index/format.h"

namespace kyujin::index {

std::string PositionKey(std::string_view term, DocId last) {
  std::string key(1, kPositionKeyMarker);
  key += term;
  // No term holds a zero byte: a term's keys come before those of terms that begin with it.
  key.push_back('\0');
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    key.push_back(static_cast<char>(last >> (shift - 8)));
  }
  return key;
}

void AppendPositions(std::string* bytes, std::span<const uint32_t> positions) {
  uint32_t before = 0;
  for (const uint32_t position : positions) {
    AppendVarint(bytes, position - before);
    before = position;
  }
}

bool ReadPositions(ByteReader* bytes, uint32_t frequency, std::vector<uint32_t>* positions) {
  positions->clear();
  uint64_t position = 0;
  for (uint32_t i = 0; i < frequency; ++i) {
    const auto distance = bytes->Varint();
    if (!distance || *distance > std::numeric_limits<uint32_t>::max() - position) {
      return false;
    }
    position += *distance;
    if (positions->empty() || *distance != 0) {
      positions->push_back(static_cast<uint32_t>(position));
    }
  }
  return true;
}

bool SkipPositions(ByteReader* bytes, uint64_t count) {
  for (; count > 0; --count) {
    if (!bytes->Varint()) {
      return false;
    }
  }
  return true;
}

void PositionBlockBuilder::Add(std::string_view term, const PositionRun& run, DocId last) {
  if (term != term_) {
    CloseRun();
    term_ = term;
    first_ = run.first;
  }
  count_ += run.count;
  last_ = last;
  bytes_ += run.bytes;
}

bool PositionBlockBuilder::full() const {
  return block_.size() + bytes_.size() >= kPositionBlockBytes;
}

PositionBlockBuilder::Block PositionBlockBuilder::Finish() {
  std::string key = PositionKey(term_, last_);
  CloseRun();
  term_.clear();
  closed_term_.clear();
  return {std::move(key), std::exchange(block_, {})};
}

void PositionBlockBuilder::CloseRun() {
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

bool PositionBlockReader::Next() {
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
            *first > kMost || *count == 0 || *count > kMost - *first;
  if (failed_) {
    return false;
  }
  term_.resize(*shared);
  term_ += *suffix;
  run_ = {static_cast<uint32_t>(*first), static_cast<uint32_t>(*count), *bytes};
  return true;
}

std::optional<PositionRun> FindPositions(std::string_view block, std::string_view term) {
  PositionBlockReader reader(block);
  while (reader.Next()) {
    if (reader.term() == term) {
      return reader.run();
    }
  }
  return std::nullopt;
}

}  // namespace kyujin::index
