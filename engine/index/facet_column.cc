#include "engine/index/facet_column.h"

#include <array>

namespace kyujin::index {
namespace {

using schema::Column;
using schema::Facet;

constexpr std::array<FacetColumnSpec, kFacetColumnCount> kFacetColumns{{
    {FacetColumn::kPref, "pref", Facet::kPref, Column::kPrefecture},
    {FacetColumn::kOccupationMajor,
     "occupation_major",
     Facet::kOccupationMajor,
     Column::kOccupationMajor},
    {FacetColumn::kOccupationMiddle,
     "occupation_middle",
     Facet::kOccupationMiddle,
     Column::kOccupation},
    {FacetColumn::kIndustry, "industry", Facet::kIndustry, Column::kIndustry},
    {FacetColumn::kEmployment, "employment", Facet::kEmployment, Column::kEmployment},
    {FacetColumn::kFullPart, "full_part", Facet::kFullPart, Column::kFullPart},
    {FacetColumn::kWageType, "wage_type", Facet::kWageType, Column::kWageType},
    {FacetColumn::kWageBase, "wage.base", Facet::kWageHistogram, Column::kBaseMin},
    {FacetColumn::kWageAllowances,
     "wage.allowances",
     Facet::kWageHistogram,
     Column::kAllowancesMin},
    {FacetColumn::kWageOvertimePay,
     "wage.overtime_pay",
     Facet::kWageHistogram,
     Column::kOvertimePayMin},
    {FacetColumn::kWalkMinutes, "walk_minutes", Facet::kWalkMinutes, Column::kWalkMinutes},
    {FacetColumn::kHolidays, "holidays", Facet::kHolidays, Column::kAnnualHolidays},
}};

}  // namespace

std::span<const FacetColumnSpec> FacetColumns() {
  return kFacetColumns;
}

schema::FacetValue FacetValueOf(const FacetColumnSpec& spec,
                                std::optional<uint32_t> source,
                                schema::WageType wage_type) {
  if (!source) {
    return schema::kUnknownFacetValue;
  }
  switch (spec.facet) {
    case Facet::kOccupationMiddle:
      return *source >= schema::kMajorOnly ? schema::kUnknownFacetValue
                                           : static_cast<schema::FacetValue>(*source / 100);
    case Facet::kIndustry:
      return schema::IndustryFacetValue(static_cast<uint16_t>(*source));
    case Facet::kWageHistogram:
      return schema::WageFacetValue(wage_type, source);
    case Facet::kWalkMinutes:
      return schema::WalkFacetValue(source);
    case Facet::kHolidays:
      return schema::HolidaysFacetValue(source);
    default:
      return static_cast<schema::FacetValue>(*source);
  }
}

}  // namespace kyujin::index
