// WordList: a written list of words, split once, and how the generator picks from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/corpus/random.h"

namespace kyujin::corpus {

// Holds views into the text it was made of, which must outlive it (the lists are constants).
// Thread rule: **Immutable.**
class WordList {
 public:
  WordList() = default;
  // Splits `text` at `separator`; an empty text gives an empty list.
  explicit WordList(std::string_view text, char separator = '|');

  [[nodiscard]] size_t size() const { return words_.size(); }
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] std::string_view operator[](size_t i) const { return words_[i]; }

  // Each word equally often. Requires: !empty().
  [[nodiscard]] std::string_view Pick(Random& random) const {
    return words_[random.Below(static_cast<uint32_t>(words_.size()))];
  }
  // Earlier words more often. Requires: !empty().
  [[nodiscard]] std::string_view PickUsual(Random& random) const {
    return words_[random.SkewedBelow(static_cast<uint32_t>(words_.size()))];
  }

 private:
  std::vector<std::string_view> words_;
};

}  // namespace kyujin::corpus
