#include "engine/schema/sort_order.h"

#include <array>

namespace kyujin::schema {
namespace {

constexpr std::array<SortOrderSpec, kSortOrderCount> kOrders{{
    {SortOrder::kNew, "new", SortKeyKind::kDescending, Column::kReceived},
    {SortOrder::kDeadline, "deadline", SortKeyKind::kAscending, Column::kDeadline},
    {SortOrder::kHolidays, "holidays", SortKeyKind::kDescending, Column::kAnnualHolidays},
    {SortOrder::kWageMinBase, "wage_min.base", SortKeyKind::kWage, Column::kBaseMin},
    {SortOrder::kWageMinAllowances,
     "wage_min.allowances",
     SortKeyKind::kWage,
     Column::kAllowancesMin},
    {SortOrder::kWageMinOvertimePay,
     "wage_min.overtime_pay",
     SortKeyKind::kWage,
     Column::kOvertimePayMin},
    {SortOrder::kWageMaxBase, "wage_max.base", SortKeyKind::kWage, Column::kBaseMax},
    {SortOrder::kWageMaxAllowances,
     "wage_max.allowances",
     SortKeyKind::kWage,
     Column::kAllowancesMax},
    {SortOrder::kWageMaxOvertimePay,
     "wage_max.overtime_pay",
     SortKeyKind::kWage,
     Column::kOvertimePayMax},
}};

}  // namespace

std::span<const SortOrderSpec> SortOrders() {
  return kOrders;
}

}  // namespace kyujin::schema
