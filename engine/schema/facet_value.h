// Facet values: how a posting falls into the buckets and codes of each facet (API.md 5). A facet's
// values are numbered densely from 0, which always means "not given" and is called `unknown`; the
// index stores the numbers.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/schema/facet.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

using FacetValue = uint8_t;
inline constexpr FacetValue kUnknownFacetValue = 0;

// Number of values of `facet`, `unknown` included. Requires: not kCity (its values are municipality
// codes) and not kConditions (its values are conditions).
size_t FacetValueCount(Facet facet);

// Returns the code that the API shows: `13`, `0-5`, `31-`, `-89`, `monthly:200000`, `unknown`.
std::string FacetValueCode(Facet facet, FacetValue value);
// Returns the Japanese label, e.g. 東京都, 徒歩5分以内, 月給20万円〜21万円未満.
std::string FacetValueLabel(Facet facet, FacetValue value);

// How a value is written. Both views live as long as the program.
struct FacetValueName {
  std::string_view code;
  std::string_view label;
};
// The names of all values of `facet`, in order of the values: what the two functions above return.
// Requires: as FacetValueCount.
std::span<const FacetValueName> FacetValueNames(Facet facet);

// The value of a posting whose own column holds what the names say; missing gives
// kUnknownFacetValue.
FacetValue WalkFacetValue(std::optional<uint32_t> minutes);
FacetValue HolidaysFacetValue(std::optional<uint32_t> days);
FacetValue ReceivedFacetValue(std::optional<uint32_t> days_ago);
FacetValue IndustryFacetValue(uint16_t industry);
// The wage type of a value of kWageHistogram; kUnknown of kUnknownFacetValue.
WageType WageTypeOfFacetValue(FacetValue value);
// By the lower bound; types without buckets give kUnknownFacetValue.
FacetValue WageFacetValue(WageType type, std::optional<uint32_t> lower_bound);

}  // namespace kyujin::schema
