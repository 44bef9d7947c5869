// SortKey: a document's place in one of the kept orders as a number, smaller first. The writer
// sorts by it, the searcher compares by it, a cursor carries it.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/types.h"
#include "engine/schema/sort_order.h"

namespace kyujin::index {

inline constexpr uint64_t kLastSortKey = UINT64_MAX;

// Holds views of columns, which must outlive it. Thread rule: Immutable.
class SortKey {
 public:
  static SortKey OfHalf(schema::SortKeyKind kind, std::span<const uint16_t> values) {
    return SortKey(kind, values, {}, {});
  }
  static SortKey OfWage(std::span<const uint8_t> types, std::span<const uint32_t> yen) {
    return SortKey(schema::SortKeyKind::kWage, {}, types, yen);
  }

  [[nodiscard]] uint64_t operator()(DocId doc) const {
    if (kind_ == schema::SortKeyKind::kWage) {
      // Type 0 is "unknown": no wage, so last. The greatest amount stands for a missing one.
      return types_[doc] == 0 || yen_[doc] == UINT32_MAX
                 ? kLastSortKey
                 : uint64_t{types_[doc]} << 32 | (UINT32_MAX - yen_[doc]);
    }
    constexpr uint16_t kMissing = UINT16_MAX;
    const uint16_t value = values_[doc];
    if (value == kMissing) {
      return kLastSortKey;
    }
    return kind_ == schema::SortKeyKind::kAscending ? value : uint64_t{kMissing} - value;
  }

 private:
  SortKey(schema::SortKeyKind kind,
          std::span<const uint16_t> values,
          std::span<const uint8_t> types,
          std::span<const uint32_t> yen)
      : kind_(kind), values_(values), types_(types), yen_(yen) {}

  schema::SortKeyKind kind_;
  std::span<const uint16_t> values_;
  std::span<const uint8_t> types_;
  std::span<const uint32_t> yen_;
};

}  // namespace kyujin::index
