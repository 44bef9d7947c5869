// Vocabulary: the words of one segment, to be searched themselves: which of them hold a piece of
// text, which are one mistake away from a word. An index of character pairs over the words; made
// once a segment, a few megabytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_reader.h"
#include "engine/query/word_query.h"

namespace kyujin::search {

// Thread rule: Immutable.
class Vocabulary {
 public:
  // Reads all terms of a segment: words and parts of compounds, without what the text takes back.
  // Cost: about a microsecond a term. Errors: kCorruption.
  static Result<std::shared_ptr<const Vocabulary>> Read(index::TextReader* reader);

  [[nodiscard]] size_t size() const { return fields_.size(); }
  // Returns whether `word` stands in one of `fields`. O(log n).
  [[nodiscard]] bool Has(std::string_view word, query::SearchFieldMask fields) const;
  // Returns up to `limit` words of `fields` that hold `piece` and more, shortest first, then by
  // bytes.
  [[nodiscard]] std::vector<std::string_view> FindHolding(std::string_view piece,
                                                          query::SearchFieldMask fields,
                                                          size_t limit) const;
  // Returns the words of `fields` that are one mistake away from `word`, by bytes.
  [[nodiscard]] std::vector<std::string_view> FindNear(std::string_view word,
                                                       query::SearchFieldMask fields) const;

 private:
  Vocabulary() = default;
  [[nodiscard]] std::string_view Word(uint32_t id) const {
    const uint32_t begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(bytes_).substr(begin, ends_[id] - begin);
  }
  void IndexPairs();
  // The words that hold the pair, ascending; empty when none does.
  struct IdRange {
    const uint32_t* begin;
    const uint32_t* end;
    [[nodiscard]] size_t size() const { return static_cast<size_t>(end - begin); }
  };
  [[nodiscard]] IdRange WordsWith(uint64_t pair) const;
  [[nodiscard]] std::vector<uint32_t> Holding(std::string_view piece,
                                              query::SearchFieldMask fields) const;

  // Words ascending by bytes.
  std::string bytes_;
  std::vector<uint32_t> ends_;
  std::vector<query::SearchFieldMask> fields_;
  // Pairs of characters, ascending; where the ids of each end.
  std::vector<uint64_t> pairs_;
  std::vector<uint32_t> pair_ends_;
  std::vector<uint32_t> pair_ids_;
};

// The vocabularies of the segments in use. Thread rule: Thread-safe.
class VocabularyCache {
 public:
  // Returns the vocabulary of `segment`, read now with `reader` if need be; others wait meanwhile.
  // Errors: kCorruption.
  Result<std::shared_ptr<const Vocabulary>> Get(
      const std::shared_ptr<const index::Segment>& segment, index::TextReader* reader);

 private:
  struct Entry {
    std::weak_ptr<const index::Segment> segment;
    std::shared_ptr<const Vocabulary> vocabulary;
  };

  Mutex mutex_;
  std::vector<Entry> entries_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::search
