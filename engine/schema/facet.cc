#include "engine/schema/facet.h"

#include <algorithm>
#include <array>

namespace kyujin::schema {
namespace {

constexpr std::array<FacetSpec, kFacetCount> kFacets{{
    {Facet::kPref, "pref", "都道府県", FilterGroup::kPlace, FacetOrder::kCode},
    {Facet::kCity, "city", "市区町村", FilterGroup::kPlace, FacetOrder::kCode},
    {Facet::kOccupationMajor,
     "occupation_major",
     "職業（大分類）",
     FilterGroup::kOccupation,
     FacetOrder::kCode},
    {Facet::kOccupationMiddle,
     "occupation_middle",
     "職業（中分類）",
     FilterGroup::kOccupation,
     FacetOrder::kCode},
    {Facet::kIndustry, "industry", "産業", FilterGroup::kIndustry, FacetOrder::kCode},
    {Facet::kEmployment, "employment", "雇用形態", FilterGroup::kEmployment, FacetOrder::kCount},
    {Facet::kFullPart,
     "full_part",
     "フルタイム・パート",
     FilterGroup::kFullPart,
     FacetOrder::kCount},
    {Facet::kWageType, "wage_type", "賃金形態", FilterGroup::kWageType, FacetOrder::kCount},
    {Facet::kConditions,
     "conditions",
     "こだわり条件",
     FilterGroup::kConditions,
     FacetOrder::kCount},
    {Facet::kWageHistogram,
     "wage_histogram",
     "賃金の分布",
     FilterGroup::kWageMinima,
     FacetOrder::kCode},
    {Facet::kWalkMinutes, "walk_minutes", "駅からの徒歩", FilterGroup::kWalk, FacetOrder::kCode},
    {Facet::kHolidays, "holidays", "年間休日", FilterGroup::kHolidays, FacetOrder::kCode},
    {Facet::kReceived, "received", "受付からの日数", FilterGroup::kReceived, FacetOrder::kCode},
}};

}  // namespace

std::span<const FacetSpec> Facets() {
  return kFacets;
}

std::optional<Facet> FindFacet(std::string_view name) {
  const auto* const found = std::find_if(
      kFacets.begin(), kFacets.end(), [&](const FacetSpec& spec) { return spec.name == name; });
  return found == kFacets.end() ? std::nullopt : std::optional(found->id);
}

}  // namespace kyujin::schema
