// The facets (API.md 5) and the groups of filters that each of them ignores: a facet counts what
// choosing one of its values alone would give. Adding a facet is one row in facet.cc.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kyujin::schema {

// Filters of one group are lifted together when a facet that owns the group is counted.
enum class FilterGroup : uint8_t {
  kPlace,
  kEmployment,
  kFullPart,
  kWageType,
  kWageMinima,
  kWalk,
  kHolidays,
  kReceived,
  kOccupation,
  kIndustry,
  kConditions,  // one group per condition when excluded; never lifted when wanted
  kNone,        // no facet owns it
};

// In the order in which `facets=all` answers.
enum class Facet : uint8_t {
  kPref,
  kCity,
  kOccupationMajor,
  kOccupationMiddle,
  kIndustry,
  kEmployment,
  kFullPart,
  kWageType,
  kConditions,
  kWageHistogram,
  kWalkMinutes,
  kHolidays,
  kReceived,
};
inline constexpr size_t kFacetCount = 13;

enum class FacetOrder : uint8_t {
  kCode,   // by code, missing last
  kCount,  // by count descending, then code, missing last
};

struct FacetSpec {
  Facet id;
  std::string_view name;   // value of `facets` and member of the answer
  std::string_view label;  // Japanese
  FilterGroup own_group;
  FacetOrder order;
};

// All facets, in the order of Facet.
std::span<const FacetSpec> Facets();
inline const FacetSpec& GetFacet(Facet facet) {
  return Facets()[static_cast<size_t>(facet)];
}
std::optional<Facet> FindFacet(std::string_view name);

}  // namespace kyujin::schema
