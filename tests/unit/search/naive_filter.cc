#include "tests/unit/search/naive_filter.h"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/schema/position.h"
#include "tests/testing/posting_builder.h"

namespace kyujin::search {
namespace {

using query::ValueRange;
using schema::Column;
using schema::FilterGroup;
using schema::JobPosting;
using Random = std::mt19937_64;

std::optional<uint32_t> Given(const JobPosting& posting, Column column) {
  const schema::ColumnSpec& spec = schema::GetColumn(column);
  const uint32_t value = spec.value(posting);
  return value == spec.missing ? std::nullopt : std::optional(value);
}

bool IsIn(const JobPosting& posting, Column column, ValueRange range) {
  const auto value = Given(posting, column);
  return value && range.min <= *value && *value <= range.max;
}

struct Naive {
  const JobPosting& posting;
  Date today;

  bool operator()(const query::CodeFilter& filter) const {
    const auto value = Given(posting, filter.column);
    return value && std::count(filter.values.begin(), filter.values.end(), *value) > 0;
  }
  bool operator()(const query::RangeFilter& filter) const {
    return IsIn(posting, filter.column, {filter.min, filter.max});
  }
  bool operator()(const query::RangesFilter& filter) const {
    return std::any_of(filter.ranges.begin(), filter.ranges.end(), [&](ValueRange range) {
      return IsIn(posting, filter.column, range);
    });
  }
  bool operator()(const query::PlaceFilter& filter) const {
    if ((*this)(query::StationFilter{filter.stations, std::nullopt})) {
      return true;
    }
    bool is_narrowed = false;
    for (const uint16_t code : filter.municipalities) {
      if (posting.municipality != 0 && posting.municipality == code) {
        return true;
      }
      is_narrowed |= code / 1'000 == posting.prefecture;
    }
    return !is_narrowed && posting.prefecture != 0 &&
           std::count(filter.prefectures.begin(), filter.prefectures.end(), posting.prefecture) > 0;
  }
  bool operator()(const query::WageFilter& filter) const {
    const schema::Wage& wage = posting.wage;
    const auto& range = filter.basis == query::WageBasis::kBase ? wage.base
                        : filter.basis == query::WageBasis::kFixedAllowances
                            ? wage.fixed_allowances
                            : wage.with_fixed_overtime;
    const bool monthly = filter.monthly_min && wage.type == schema::WageType::kMonthly && range &&
                         range->min >= *filter.monthly_min;
    const bool hourly = filter.hourly_min && wage.type == schema::WageType::kHourly && range &&
                        range->min >= *filter.hourly_min;
    return monthly || hourly;
  }
  bool operator()(const query::ReceivedFilter& filter) const {
    return posting.received && (!filter.from || *posting.received >= *filter.from) &&
           (!filter.within_days ||
            uint64_t{posting.received->days()} + *filter.within_days >= today.days());
  }
  bool operator()(const query::ConditionFilter& filter) const {
    return HasCondition(posting, filter.condition, today) != filter.excluded;
  }
  bool operator()(const query::NumberFilter& filter) const {
    const bool is_listed =
        std::count(filter.numbers.begin(), filter.numbers.end(), posting.number.value()) > 0;
    return is_listed != filter.excluded;
  }
  bool operator()(const query::AgeFilter& filter) const {
    return (!posting.age_min || *posting.age_min <= filter.years) &&
           (!posting.age_max || *posting.age_max >= filter.years);
  }
  bool operator()(const query::MaskFilter& filter) const {
    const uint32_t bits = schema::GetColumn(filter.column).value(posting);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
      const bool is_set = (bits & bit) != 0;
      if (((filter.all & bit) != 0 && !is_set) || ((filter.none & bit) != 0 && is_set)) {
        return false;
      }
    }
    return filter.any == 0 || (bits & filter.any) != 0;
  }
  bool operator()(const query::StationFilter& filter) const {
    return std::any_of(
        posting.stations.begin(), posting.stations.end(), [&](const schema::StationAccess& way) {
          return std::count(filter.stations.begin(), filter.stations.end(), way.key) > 0 &&
                 (!filter.walk_max || (way.walk_minutes && *way.walk_minutes <= *filter.walk_max));
        });
  }
  bool operator()(const query::LicenceFilter& filter) const {
    return std::any_of(
        posting.licences.begin(), posting.licences.end(), [&](const std::string& licence) {
          return std::count(filter.licences.begin(), filter.licences.end(), licence) > 0;
        });
  }
  bool operator()(const query::ShiftFilter& filter) const {
    return std::any_of(
        posting.shifts.begin(), posting.shifts.end(), [&](const schema::Shift& shift) {
          return shift.start >= filter.start_from && shift.end <= filter.end_by;
        });
  }
  bool operator()(const query::NearFilter& filter) const {
    return posting.position &&
           schema::DistanceKm(filter.position, *posting.position) <= filter.radius_km;
  }
  bool operator()(const query::EmployerFilter& filter) const {
    const bool is_listed =
        std::count(filter.numbers.begin(), filter.numbers.end(), posting.employer_number) > 0 ||
        std::count(filter.names.begin(), filter.names.end(), posting.employer_key) > 0;
    return is_listed != filter.excluded;
  }
};

// A value that some posting has, or one beside it.
uint32_t NearValue(Random* random, const std::vector<JobPosting>& postings, Column column) {
  const uint32_t value = schema::GetColumn(column).value(postings[(*random)() % postings.size()]);
  const uint64_t kind = (*random)() % 6;
  return kind == 0 ? value + 1 : kind == 1 && value > 0 ? value - 1 : value;
}

std::vector<ValueRange> RandomRanges(Random* random,
                                     const std::vector<JobPosting>& postings,
                                     Column column) {
  std::set<uint32_t> ends;
  for (uint64_t i = 2 * (1 + (*random)() % 14); i > 0; --i) {
    ends.insert(NearValue(random, postings, column));
  }
  std::vector<ValueRange> ranges;
  for (auto at = ends.begin(); at != ends.end(); ++at) {
    const auto next = std::next(at);
    if (next == ends.end() || (*random)() % 2 == 0) {
      ranges.push_back({*at, *at});
    } else {
      ranges.push_back({*at, *next});
      at = next;
    }
  }
  return ranges;
}

query::CodeFilter RandomCodes(Random* random,
                              const std::vector<JobPosting>& postings,
                              Column column) {
  std::set<uint32_t> values;
  for (uint64_t i = 1 + (*random)() % 12; i > 0; --i) {
    values.insert(NearValue(random, postings, column));
  }
  return {column, {values.begin(), values.end()}};
}

query::PlaceFilter RandomPlace(Random* random, const std::vector<JobPosting>& postings) {
  std::set<uint8_t> prefectures;
  std::set<uint16_t> municipalities;
  for (uint64_t i = (*random)() % 4; i > 0; --i) {
    prefectures.insert(static_cast<uint8_t>(1 + (*random)() % 47));
    prefectures.insert(13);
  }
  for (uint64_t i = prefectures.empty() ? 3 : (*random)() % 20; i > 0; --i) {
    const uint16_t code = postings[(*random)() % postings.size()].municipality;
    municipalities.insert(code == 0 ? uint16_t{13'113} : code);
  }
  query::PlaceFilter filter{{prefectures.begin(), prefectures.end()},
                            {municipalities.begin(), municipalities.end()}};
  for (const schema::StationAccess& way : postings[(*random)() % postings.size()].stations) {
    filter.stations.push_back(way.key);
  }
  return filter;
}

query::WageFilter RandomWage(Random* random) {
  query::WageFilter filter;
  filter.basis = static_cast<query::WageBasis>((*random)() % 3);
  const uint64_t kind = (*random)() % 3;
  if (kind != 0) {
    filter.monthly_min = static_cast<uint32_t>((*random)() % 70 * 10'000);
  }
  if (kind != 1) {
    filter.hourly_min = static_cast<uint32_t>((*random)() % 70 * 50);
  }
  return filter;
}

query::ReceivedFilter RandomReceived(Random* random) {
  query::ReceivedFilter filter;
  const uint64_t kind = (*random)() % 3;
  if (kind != 0) {
    filter.from = test::kToday.PlusDays(-static_cast<int>((*random)() % 45));
  }
  if (kind != 1) {
    filter.within_days =
        (*random)() % 5 == 0 ? UINT32_MAX : static_cast<uint32_t>((*random)() % 45);
  }
  return filter;
}

query::NumberFilter RandomNumbers(Random* random, const std::vector<JobPosting>& postings) {
  std::set<uint64_t> numbers;
  for (uint64_t i = (*random)() % 30; i > 0; --i) {
    numbers.insert(postings[(*random)() % postings.size()].number.value() + (*random)() % 2);
  }
  return {{numbers.begin(), numbers.end()}, (*random)() % 2 == 0};
}

query::MaskFilter RandomMask(Random* random, Column column) {
  const auto bits = [&] { return static_cast<uint32_t>((*random)() & (*random)() & 0xFF); };
  query::MaskFilter filter{column, bits(), 0, 0};
  filter.none = (*random)() % 2 == 0 ? 0 : bits() & ~filter.all;
  filter.any = (*random)() % 2 == 0 ? 0 : bits();
  return filter;
}

// Up to three of the names that postings have, and one that none has.
template <class NamesOf>
std::vector<std::string> RandomNames(Random* random,
                                     const std::vector<JobPosting>& postings,
                                     NamesOf&& names_of) {
  std::set<std::string> names;
  for (uint64_t i = 1 + (*random)() % 3; i > 0; --i) {
    const std::vector<std::string> some = names_of(postings[(*random)() % postings.size()]);
    names.insert(some.empty() ? "nowhere" : some[(*random)() % some.size()]);
  }
  return {names.begin(), names.end()};
}

query::StationFilter RandomStations(Random* random, const std::vector<JobPosting>& postings) {
  query::StationFilter filter{
      RandomNames(random,
                  postings,
                  [](const JobPosting& posting) {
                    std::vector<std::string> keys;
                    for (const schema::StationAccess& way : posting.stations) {
                      keys.push_back(way.key);
                    }
                    return keys;
                  }),
      std::nullopt};
  if ((*random)() % 2 == 0) {
    filter.walk_max = static_cast<uint8_t>((*random)() % 42);
  }
  return filter;
}

query::EmployerFilter RandomEmployers(Random* random, const std::vector<JobPosting>& postings) {
  std::set<uint64_t> numbers;
  for (uint64_t i = (*random)() % 4; i > 0; --i) {
    const uint64_t number = postings[(*random)() % postings.size()].employer_number;
    numbers.insert(number == 0 ? 1 : number);
  }
  auto names = RandomNames(random, postings, [](const JobPosting& posting) {
    return posting.employer_key.empty() ? std::vector<std::string>()
                                        : std::vector<std::string>{posting.employer_key};
  });
  return {{numbers.begin(), numbers.end()}, std::move(names), (*random)() % 2 == 0};
}

query::NearFilter RandomNear(Random* random, const std::vector<JobPosting>& postings) {
  const auto& position = postings[(*random)() % postings.size()].position;
  // Sometimes exactly as far as a posting is: the limit is part of the circle.
  const auto& other = postings[(*random)() % postings.size()].position;
  const schema::Position centre = position.value_or(schema::Position{125'000'000, 319'000'000});
  const bool is_exact = other && (*random)() % 2 == 0;
  return {centre,
          is_exact ? schema::DistanceKm(centre, *other)
                   : static_cast<double>((*random)() % 20'000) / 1'000};
}

query::Filter RandomNamedFilter(Random* random, const std::vector<JobPosting>& postings) {
  switch ((*random)() % 5) {
    case 0:
      return {FilterGroup::kNone, RandomStations(random, postings)};
    case 1:
      return {FilterGroup::kNone,
              query::LicenceFilter{
                  RandomNames(random, postings, [](const JobPosting& p) { return p.licences; })}};
    case 2:
      return {FilterGroup::kNone,
              query::ShiftFilter{static_cast<uint16_t>((*random)() % 1'500),
                                 static_cast<uint16_t>((*random)() % 3'000)}};
    case 3:
      return {FilterGroup::kNone, RandomNear(random, postings)};
    default:
      return {FilterGroup::kNone, RandomEmployers(random, postings)};
  }
}

}  // namespace

bool Passes(const query::FilterBody& filter, const JobPosting& posting, Date today) {
  return std::visit(Naive{posting, today}, filter);
}

bool IsOpen(const JobPosting& posting, Date today) {
  return !posting.deadline || *posting.deadline >= today;
}

bool IsNew(const JobPosting& posting, Date today) {
  return posting.received && *posting.received <= today &&
         today.days() - posting.received->days() <= schema::kNewDays;
}

bool HasCondition(const JobPosting& posting, schema::Condition condition, Date today) {
  return condition == schema::Condition::kNew
             ? IsNew(posting, today)
             : (posting.conditions_yes & schema::ConditionBit(condition)) != 0;
}

query::Filter RandomFilter(Random* random, const std::vector<JobPosting>& postings) {
  switch ((*random)() % 20) {
    case 16:
    case 17:
    case 18:
      return RandomNamedFilter(random, postings);
    case 0:
      return {FilterGroup::kPlace, RandomPlace(random, postings)};
    case 1:
      return {FilterGroup::kEmployment, RandomCodes(random, postings, Column::kEmployment)};
    case 2:
      return {FilterGroup::kFullPart, RandomCodes(random, postings, Column::kFullPart)};
    case 3:
      return {FilterGroup::kWageType, RandomCodes(random, postings, Column::kWageType)};
    case 4:
      return {FilterGroup::kWageMinima, RandomWage(random)};
    case 5:
      return {FilterGroup::kWalk,
              query::RangeFilter{
                  Column::kWalkMinutes, 0, NearValue(random, postings, Column::kWalkMinutes)}};
    case 6:
      return {FilterGroup::kHolidays,
              query::RangeFilter{Column::kAnnualHolidays,
                                 NearValue(random, postings, Column::kAnnualHolidays),
                                 UINT32_MAX}};
    case 7:
      return {FilterGroup::kReceived, RandomReceived(random)};
    case 8:
      return {FilterGroup::kOccupation,
              query::RangesFilter{Column::kOccupation,
                                  RandomRanges(random, postings, Column::kOccupation)}};
    case 9:
      return {FilterGroup::kIndustry,
              query::RangesFilter{Column::kIndustry,
                                  RandomRanges(random, postings, Column::kIndustry)}};
    case 10:
    case 11:
      return {FilterGroup::kConditions,
              query::ConditionFilter{
                  static_cast<schema::Condition>((*random)() % schema::kConditionCount),
                  (*random)() % 2 == 0}};
    case 12:
      return {FilterGroup::kNone, RandomNumbers(random, postings)};
    case 13:
      return {FilterGroup::kNone, query::AgeFilter{static_cast<uint8_t>((*random)() % 75)}};
    case 14:
      return {FilterGroup::kNone, RandomMask(random, Column::kWorkSystems)};
    default:
      return {FilterGroup::kNone,
              query::RangesFilter{Column::kEmployees,
                                  RandomRanges(random, postings, Column::kEmployees)}};
  }
}

}  // namespace kyujin::search
