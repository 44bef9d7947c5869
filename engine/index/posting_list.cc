#include "engine/index/posting_list.h"

#include <algorithm>
#include <limits>

namespace kyujin::index {
namespace {

constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();

}  // namespace

void AppendPosting(std::string* bytes, DocId distance, uint32_t frequency) {
  // Most words stand in a text once: that costs the lowest bit and no byte.
  AppendVarint(bytes, uint64_t{distance} << 1U | (frequency == 1 ? 1U : 0U));
  if (frequency != 1) {
    AppendVarint(bytes, frequency);
  }
}

std::optional<uint32_t> PostingTotal(const TermRun& run) {
  const auto total = ByteReader(run.bytes).Varint();
  if (run.first != 0 || !total || *total < run.count || *total > kMost) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(*total);
}

bool ReadPostings(const TermRun& run, std::vector<Posting>* postings) {
  ByteReader rest(run.bytes);
  if (run.first == 0) {
    rest.Varint();  // the total
  }
  // A posting has a byte at least: no count makes this take more than the bytes are worth.
  if (run.count > rest.remaining()) {
    return false;
  }
  postings->reserve(postings->size() + run.count);
  uint64_t doc = 0;
  for (uint32_t i = 0; i < run.count; ++i) {
    const uint64_t head = rest.Varint().value_or(0);
    const bool is_once = (head & 1U) != 0;
    const uint64_t frequency = is_once ? 1 : rest.Varint().value_or(0);
    const uint64_t distance = head >> 1U;
    if ((frequency < 2 && !is_once) || frequency > kMost || (i > 0 && distance == 0) ||
        distance > kMost - doc) {
      return false;
    }
    doc += distance;
    postings->push_back({static_cast<DocId>(doc), static_cast<uint32_t>(frequency)});
  }
  return rest.empty();
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
    if (!distance || *distance > kMost - position) {
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

}  // namespace kyujin::index
