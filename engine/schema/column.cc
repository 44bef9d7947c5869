#include "engine/schema/column.h"

#include <algorithm>
#include <array>

#include "engine/schema/job_posting.h"

namespace kyujin::schema {
namespace {

constexpr uint32_t kNoByte = 0xFF;
constexpr uint32_t kNoHalf = 0xFFFF;
constexpr uint32_t kNoWord = 0xFFFFFFFF;

template <class T>
uint32_t OrMissing(const std::optional<T>& value, uint32_t missing) {
  return value ? std::min<uint32_t>(*value, missing - 1) : missing;
}

uint32_t Days(const std::optional<Date>& date) {
  return date ? date->days() : kNoHalf;
}

template <uint32_t YenRange::*bound>
uint32_t Yen(const std::optional<YenRange>& range) {
  return range ? std::min((*range).*bound, kNoWord - 1) : kNoWord;
}

template <class Enum>
uint32_t Number(Enum value) {
  return static_cast<uint32_t>(value);
}

uint32_t OccupationValue(const Occupation& occupation) {
  if (occupation.middle == 0) {
    return occupation.major == 0 ? 0 : kMajorOnly + occupation.major;
  }
  return uint32_t{occupation.middle} * 100 + occupation.minor;
}

using P = const JobPosting&;
constexpr auto k8 = ColumnWidth::k8;
constexpr auto k16 = ColumnWidth::k16;
constexpr auto k32 = ColumnWidth::k32;
using C = Column;

constexpr std::array<ColumnSpec, kColumnCount> kColumns{{
    {C::kReceived, "received", k16, kNoHalf, [](P p) { return Days(p.received); }},
    {C::kDeadline, "deadline", k16, kNoHalf, [](P p) { return Days(p.deadline); }},
    {C::kKind, "kind", k8, 0, [](P p) { return uint32_t{p.kind}; }},
    {C::kFullPart, "full_part", k8, 0, [](P p) { return Number(p.full_part); }},
    {C::kEmployment, "employment", k8, 0, [](P p) { return uint32_t{p.employment}; }},
    {C::kDispatch, "dispatch", k8, 0, [](P p) { return Number(p.dispatch); }},
    {C::kRenewal, "renewal", k8, 0, [](P p) { return Number(p.renewal); }},
    {C::kPrefecture, "prefecture", k8, 0, [](P p) { return uint32_t{p.prefecture}; }},
    {C::kMunicipality, "municipality", k16, 0, [](P p) { return uint32_t{p.municipality}; }},
    {C::kWalkMinutes,
     "walk_minutes",
     k8,
     kNoByte,
     [](P p) { return OrMissing(p.walk_minutes, kNoByte); }},
    {C::kOccupation, "occupation", k16, 0, [](P p) { return OccupationValue(p.occupation); }},
    {C::kOccupationMajor,
     "occupation_major",
     k8,
     0,
     [](P p) { return uint32_t{p.occupation.major}; }},
    {C::kIndustry, "industry", k16, 0, [](P p) { return uint32_t{p.industry}; }},
    {C::kEmployees, "employees", k32, kNoWord, [](P p) { return OrMissing(p.employees, kNoWord); }},
    {C::kPositions, "positions", k16, kNoHalf, [](P p) { return OrMissing(p.positions, kNoHalf); }},
    {C::kWageType, "wage_type", k8, 0, [](P p) { return Number(p.wage.type); }},
    {C::kBaseMin, "base_min", k32, kNoWord, [](P p) { return Yen<&YenRange::min>(p.wage.base); }},
    {C::kBaseMax, "base_max", k32, kNoWord, [](P p) { return Yen<&YenRange::max>(p.wage.base); }},
    {C::kAllowancesMin,
     "allowances_min",
     k32,
     kNoWord,
     [](P p) { return Yen<&YenRange::min>(p.wage.fixed_allowances); }},
    {C::kAllowancesMax,
     "allowances_max",
     k32,
     kNoWord,
     [](P p) { return Yen<&YenRange::max>(p.wage.fixed_allowances); }},
    {C::kOvertimePayMin,
     "overtime_pay_min",
     k32,
     kNoWord,
     [](P p) { return Yen<&YenRange::min>(p.wage.with_fixed_overtime); }},
    {C::kOvertimePayMax,
     "overtime_pay_max",
     k32,
     kNoWord,
     [](P p) { return Yen<&YenRange::max>(p.wage.with_fixed_overtime); }},
    {C::kOvertimeHours,
     "overtime_hours",
     k16,
     kNoHalf,
     [](P p) { return OrMissing(p.overtime_hours, kNoHalf); }},
    {C::kAnnualHolidays,
     "annual_holidays",
     k16,
     kNoHalf,
     [](P p) { return OrMissing(p.annual_holidays, kNoHalf); }},
    {C::kHolidayWeekdays,
     "holiday_weekdays",
     k8,
     0,
     [](P p) { return uint32_t{p.holiday_weekdays}; }},
    {C::kWorkSystems, "work_systems", k8, 0, [](P p) { return uint32_t{p.work_systems}; }},
    {C::kAgeLimit, "age_limit", k8, 0, [](P p) { return Number(p.age_limit); }},
    {C::kAgeMin, "age_min", k8, kNoByte, [](P p) { return OrMissing(p.age_min, kNoByte); }},
    {C::kAgeMax, "age_max", k8, kNoByte, [](P p) { return OrMissing(p.age_max, kNoByte); }},
    {C::kLicenceNeed, "licence_need", k8, 0, [](P p) { return Number(p.licence_need); }},
    {C::kInsurances, "insurances", k8, 0, [](P p) { return uint32_t{p.insurances}; }},
    {C::kDisclosure, "disclosure", k8, kNoByte, [](P p) { return Number(p.disclosure); }},
    {C::kConditionsYes, "conditions_yes", k32, kNoWord, [](P p) { return p.conditions_yes; }},
    {C::kConditionsNo, "conditions_no", k32, kNoWord, [](P p) { return p.conditions_no; }},
}};

constexpr bool InOrder() {
  for (size_t i = 0; i < kColumns.size(); ++i) {
    if (static_cast<size_t>(kColumns[i].id) != i) {
      return false;
    }
  }
  return true;
}
static_assert(InOrder(), "rows stand in the order of Column");

}  // namespace

std::span<const ColumnSpec> Columns() {
  return kColumns;
}

}  // namespace kyujin::schema
