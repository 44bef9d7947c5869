// The words that search parameters take where no code table of dict/ is too large to list: one
// function per parameter, for the rows of search_parameter.cc. Labels come from dict/ and the
// schema.
//
// Thread rule: **Immutable.**
#pragma once

#include <span>

#include "engine/query/search_parameter.h"

namespace kyujin::query {

std::span<const Choice> WageBasisChoices();    // WageBasis
std::span<const Choice> ConditionChoices();    // schema::Condition
std::span<const Choice> SortChoices();         // Sort
std::span<const Choice> FacetChoices();        // schema::Facet, and kAllFacets
std::span<const Choice> SearchFieldChoices();  // schema::SearchField
std::span<const Choice> WordModeChoices();     // 0 and, 1 or
std::span<const Choice> InterpretChoices();
std::span<const Choice> PartialChoices();
std::span<const Choice> HighlightChoices();
std::span<const Choice> ExplainChoices();

// Choice::value of `all` among FacetChoices.
inline constexpr uint32_t kAllFacets = 1000;

}  // namespace kyujin::query
