// How the Xapian peer lays a corpus out in a database: prefixes of terms and numbers of value
// slots. Shared by its indexer and its searcher.
//
// Thread rule: **Immutable.**
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/text/analyzer.h"

namespace kyujin::bench {

// A facet's slot is its place among the facets; those of orders and amounts come after.
inline constexpr Xapian::valueno kSortSlots = 20;
inline constexpr Xapian::valueno kAmountSlots = 30;
inline constexpr Xapian::valueno kNumberSlot = 40;  // the posting number, which breaks ties

inline Xapian::valueno Slot(Xapian::valueno first, size_t place) {
  return first + static_cast<Xapian::valueno>(place);
}

// The first letter of the terms of a text.
inline char TextPrefix(size_t place) {
  return static_cast<char>('A' + place);
}

inline std::string FilterTerm(std::string_view facet, std::string_view code) {
  std::string term("X");
  term += facet;
  term += ':';
  term += code;
  return term;
}

// Numbers as bytes of one length, so that values sort and compare as the numbers do.
std::string SortableKey(uint64_t value);

// Errors: std::runtime_error without a dictionary.
std::unique_ptr<text::Analyzer> MakeAnalyzer();

}  // namespace kyujin::bench
