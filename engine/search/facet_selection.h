// Facet selection: which values of a facet the request itself asks for, so that the answer can mark
// them and keep them even at count 0.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/query/search_request.h"
#include "engine/schema/facet.h"
#include "engine/schema/facet_value.h"

namespace kyujin::search {

// Whether the request has filters of the facet's own group: they are lifted when it is counted.
bool HasOwnFilter(const query::SearchRequest& request, schema::Facet facet);

// Whether a filter of the request names exactly this value. Values of range facets never are: a
// filter there is a limit, not a choice of a bucket.
bool IsSelected(const query::SearchRequest& request, schema::Facet facet, schema::FacetValue value);
bool IsMunicipalitySelected(const query::SearchRequest& request, uint16_t code);

// How the request treats a condition.
enum class ConditionChoice : uint8_t { kNone, kWanted, kExcluded };
ConditionChoice ChoiceOf(const query::SearchRequest& request, schema::Condition condition);

// The prefectures that are chosen or hold a chosen municipality, ascending; empty without a place.
std::vector<uint8_t> ChosenPrefectures(const query::SearchRequest& request);

}  // namespace kyujin::search
