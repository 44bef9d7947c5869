// AliasTable: draws an index with given weights in constant time (Vose's method in integers).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bench/corpus/random.h"

namespace kyujin::corpus {

// Thread rule: **Immutable.**
class AliasTable {
 public:
  // Requires: at least one weight is above 0 and their sum times their number fits 63 bits.
  explicit AliasTable(std::span<const uint32_t> weights);

  // Returns index i with probability weights[i] / sum.
  [[nodiscard]] size_t Pick(Random& random) const {
    const size_t column = random.Below(static_cast<uint32_t>(columns_.size()));
    return random.Below(total_) < columns_[column].threshold ? column : columns_[column].alias;
  }

 private:
  struct Column {
    uint32_t threshold = 0;  // of total_: below it the column itself, else its alias
    uint32_t alias = 0;
  };
  std::vector<Column> columns_;
  uint32_t total_ = 0;
};

}  // namespace kyujin::corpus
