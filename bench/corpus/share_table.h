// ShareTable: a draw among few values with shares written beside them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bench/corpus/random.h"

namespace kyujin::corpus {

template <class T>
struct Share {
  uint32_t below;  // of 1,000: the end of the value's stretch
  T value;
};

template <class T, size_t kCount>
using ShareTable = std::array<Share<T>, kCount>;

// Returns the value whose stretch holds one random number; the last value takes what is left.
template <class T, size_t kCount>
const T& PickShare(const ShareTable<T, kCount>& shares, Random& random) {
  const uint32_t draw = random.Below(1000);
  size_t i = 0;
  while (i + 1 < kCount && draw >= shares[i].below) {
    ++i;
  }
  return shares[i].value;
}

}  // namespace kyujin::corpus
