// The columns of a segment: one number per document each, mapped from columns.bin, on which
// filters, facets and orders run. Adding a column is one row in column.cc.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kyujin::schema {

struct JobPosting;

enum class Column : uint8_t {
  kReceived,    // Date::days()
  kDeadline,    // Date::days(); missing = never expires
  kKind,        // 1–5
  kFullPart,    // 1 full, 2 part
  kEmployment,  // 1–7
  kDispatch,
  kRenewal,
  kPrefecture,    // 1–47
  kMunicipality,  // 5-digit code
  kWalkMinutes,
  kOccupation,  // middle × 100 + minor; kMajorOnly + major when only the 大分類 is known
  kOccupationMajor,
  kIndustry,  // three digits of the 小分類, 中 × 10 when only that is known
  kEmployees,
  kPositions,
  kWageType,  // WageType
  kBaseMin,   // yen
  kBaseMax,
  kAllowancesMin,  // a+b
  kAllowancesMax,
  kOvertimePayMin,  // a+b+c
  kOvertimePayMax,
  kOvertimeHours,
  kAnnualHolidays,
  kHolidayWeekdays,  // WeekdayMask
  kWorkSystems,      // WorkSystem bits
  kAgeLimit,         // AgeLimit
  kAgeMin,           // years; missing = no lower limit
  kAgeMax,           // years; missing = no upper limit
  kLicenceNeed,
  kInsurances,  // Insurance bits
  kDisclosure,
  kConditionsYes,  // ConditionMask
  kConditionsNo,   // ConditionMask
};
inline constexpr size_t kColumnCount = 34;

// Values of kOccupation from here on name a 大分類 alone.
inline constexpr uint32_t kMajorOnly = 10'000;

// Bytes of one value.
enum class ColumnWidth : uint8_t { k8 = 1, k16 = 2, k32 = 4 };

struct ColumnSpec {
  Column id;
  std::string_view name;  // section of columns.bin
  ColumnWidth width;
  uint32_t missing;  // the value that stands for "not given"; never a real one
  uint32_t (*value)(const JobPosting& posting);
};

// All columns, in the order of Column.
std::span<const ColumnSpec> Columns();
inline const ColumnSpec& GetColumn(Column column) {
  return Columns()[static_cast<size_t>(column)];
}

}  // namespace kyujin::schema
