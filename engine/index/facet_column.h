// Facet columns: the facet value of every document as a byte, and a bitmap for every value. Facets
// whose values depend on the wage basis have a column for each; `city` and `received` have none
// (their values come from a plain column and from today).
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/schema/column.h"
#include "engine/schema/facet.h"
#include "engine/schema/facet_value.h"

namespace kyujin::index {

enum class FacetColumn : uint8_t {
  kPref,
  kOccupationMajor,
  kOccupationMiddle,
  kIndustry,
  kEmployment,
  kFullPart,
  kWageType,
  kWageBase,
  kWageAllowances,
  kWageOvertimePay,
  kWalkMinutes,
  kHolidays,
};
inline constexpr size_t kFacetColumnCount = 12;

struct FacetColumnSpec {
  FacetColumn id;
  std::string_view name;  // sections "facet.<name>" and "facet.<name>.bits"
  schema::Facet facet;
  schema::Column source;  // the column its values are made of
};

// All facet columns, in the order of FacetColumn.
std::span<const FacetColumnSpec> FacetColumns();

// The facet value that `source` (a value of spec.source, already nothing when missing) stands for.
// `wage_type` counts only for the wage columns.
schema::FacetValue FacetValueOf(const FacetColumnSpec& spec,
                                std::optional<uint32_t> source,
                                schema::WageType wage_type);

}  // namespace kyujin::index
