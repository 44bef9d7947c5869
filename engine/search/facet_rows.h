// Facet rows: everything that facets and totals ask of a document in one row of 16 bytes, so that
// counting a set of documents touches each of them once. Several facets share a code: four counters
// go up for a document, and the counts of each facet are sums over them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/date.h"
#include "engine/base/deadline.h"
#include "engine/index/segment_columns.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet.h"
#include "engine/schema/facet_value.h"

namespace kyujin::search {

// How many documents of a set have each value of each facet. The wage histogram is that of
// `fixed_allowances`. Thread rule: Thread-compatible.
struct FacetCounts {
  FacetCounts();
  // Requires: not kCity, not kConditions.
  [[nodiscard]] std::vector<uint64_t>& Of(schema::Facet facet) {
    return values[static_cast<size_t>(facet)];
  }
  [[nodiscard]] const std::vector<uint64_t>& Of(schema::Facet facet) const {
    return values[static_cast<size_t>(facet)];
  }
  void Add(const FacetCounts& other);
  // Requires: what is taken away was counted.
  void Subtract(const FacetCounts& other);

  uint64_t documents = 0;
  uint64_t positions = 0;  // a posting without a number is one
  std::array<std::vector<uint64_t>, schema::kFacetCount> values;
  std::array<uint64_t, schema::kConditionCount> conditions{};
};

// The rows of one segment on one day. Thread rule: Immutable.
class FacetRows {
 public:
  // Cost: one pass over a dozen columns; 16 bytes a document.
  FacetRows(const index::SegmentColumns& columns, Date today);

  // Counts the members of `set` (of the documents in `universe` that are not in it, when
  // `complement`) into `counts`. Returns false, with nothing of use in `counts`, when `deadline`
  // passed meanwhile.
  [[nodiscard]] bool Count(BitmapView set, Deadline deadline, FacetCounts* counts) const;
  [[nodiscard]] bool CountComplement(BitmapView set,
                                     BitmapView universe,
                                     Deadline deadline,
                                     FacetCounts* counts) const;

  // The values of Facet::kReceived, one a document.
  [[nodiscard]] std::span<const schema::FacetValue> received() const { return received_; }

 private:
  struct Row {
    std::array<uint16_t, 4> codes;
    uint32_t conditions;
    uint32_t positions;
  };
  static_assert(sizeof(Row) == 16);

  template <class WordAt>
  bool CountWords(size_t words, WordAt&& word_at, Deadline deadline, FacetCounts* counts) const;

  std::vector<Row> rows_;
  std::vector<schema::FacetValue> received_;
};

}  // namespace kyujin::search
