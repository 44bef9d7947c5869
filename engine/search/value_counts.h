// Value counts: how many documents of a set have each value of a column of bytes. The innermost
// loop of facets whose filters are lifted. Pure functions.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/schema/facet_value.h"

namespace kyujin::search {

using ValueCounts = std::array<uint32_t, 256>;

// How many of the documents in a set have each value. Neighbours often have the same value:
// counters that take turns do not wait for one another.
template <class WordAt>
ValueCounts CountValues(size_t words,
                        WordAt&& word_at,
                        std::span<const schema::FacetValue> values) {
  // The values of a word of the set are one cache line, called for some words ahead.
  constexpr size_t kWordsAhead = 16;
  ValueCounts even{};
  ValueCounts odd{};
  for (size_t i = 0; i < words; ++i) {
    const schema::FacetValue* first = values.data() + i * 64;
    if (i + kWordsAhead < words && word_at(i + kWordsAhead) != 0) {
      __builtin_prefetch(first + kWordsAhead * 64);
    }
    for (uint64_t word = word_at(i); word != 0;) {
      ++even[first[std::countr_zero(word)]];
      word &= word - 1;
      if (word == 0) {
        break;
      }
      ++odd[first[std::countr_zero(word)]];
      word &= word - 1;
    }
  }
  for (size_t value = 0; value < even.size(); ++value) {
    even[value] += odd[value];
  }
  return even;
}

}  // namespace kyujin::search
