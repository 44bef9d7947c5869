// Facet results: what was counted as the answer shows it, with codes, labels, order and what is
// chosen (API.md 5). Pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/query/search_request.h"
#include "engine/schema/facet.h"
#include "engine/search/search_result.h"

namespace kyujin::search {

// Codes of the municipalities of one prefecture are one run of a thousand; what is not given stands
// at 0.
inline constexpr size_t kCodesPerPrefecture = 1'000;
struct PrefectureCounts {
  uint8_t prefecture = 0;
  std::array<uint64_t, kCodesPerPrefecture> counts{};
};

// The facet's values that have documents or are chosen. Requires: `counts` by value, neither cities
// nor conditions.
FacetResult CodedResult(const query::SearchRequest& request,
                        schema::Facet facet,
                        std::span<const uint64_t> counts);

// The leaves of the prefectures: a city with wards is not listed, so that counts add up.
FacetResult MunicipalityResult(const query::SearchRequest& request,
                               const std::vector<PrefectureCounts>& prefectures);

// Requires: `counts` by condition.
FacetResult ConditionResult(const query::SearchRequest& request, std::span<const uint64_t> counts);

}  // namespace kyujin::search
