// The orders that are kept sorted in the index (API.md 2, sort). Relevance is none of them: it
// depends on the words.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/schema/column.h"

namespace kyujin::schema {

// How a document's sort key is made of its columns; smaller keys come first, missing values last.
enum class SortKeyKind : uint8_t {
  kAscending,   // of a 16-bit column
  kDescending,  // of a 16-bit column
  kWage,  // wage types apart in the order of WageType, then the highest amount of a 32-bit column
          // first
};

enum class SortOrder : uint8_t {
  kNew,
  kDeadline,
  kHolidays,
  kWageMinBase,
  kWageMinAllowances,
  kWageMinOvertimePay,
  kWageMaxBase,
  kWageMaxAllowances,
  kWageMaxOvertimePay,
};
inline constexpr size_t kSortOrderCount = 9;

struct SortOrderSpec {
  SortOrder id;
  std::string_view name;  // section of columns.bin, after "order."
  SortKeyKind kind;
  Column column;
};

// All orders, in the order of SortOrder.
std::span<const SortOrderSpec> SortOrders();
inline const SortOrderSpec& GetSortOrder(SortOrder order) {
  return SortOrders()[static_cast<size_t>(order)];
}

}  // namespace kyujin::schema
