#include "bench/mix/sampled_filter.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <string_view>

namespace kyujin::mix {
namespace {

using schema::JobPosting;
using Value = std::optional<std::string>;

// The nearest step of the form's list at or below a posting's own value.
Value StepBelow(uint32_t value, uint32_t step) {
  return value < step ? Value() : fmt::to_string(value / step * step);
}

Value Prefecture(const JobPosting& posting, corpus::Random* /*random*/) {
  return posting.prefecture == 0 ? Value() : fmt::format("{:02}", posting.prefecture);
}

Value Municipality(const JobPosting& posting, corpus::Random* /*random*/) {
  return posting.municipality == 0 ? Value() : fmt::format("{:05}", posting.municipality);
}

Value Condition(const JobPosting& posting, corpus::Random* random) {
  const auto yes = static_cast<uint64_t>(posting.conditions_yes);
  const int place = static_cast<int>(random->Below(schema::kConditionCount));
  if (place >= std::popcount(yes)) {
    return {};
  }
  uint64_t left = yes;
  for (int i = 0; i < place; ++i) {
    left &= left - 1;
  }
  const auto id = static_cast<schema::Condition>(std::countr_zero(left));
  return std::string(schema::GetCondition(id).code);
}

Value Employment(const JobPosting& posting, corpus::Random* /*random*/) {
  return posting.employment == 0 ? Value() : fmt::to_string(posting.employment);
}

Value OccupationMiddle(const JobPosting& posting, corpus::Random* /*random*/) {
  return posting.occupation.middle == 0 ? Value() : fmt::format("{:03}", posting.occupation.middle);
}

Value MonthlyMin(const JobPosting& posting, corpus::Random* /*random*/) {
  constexpr uint32_t kStep = 10'000;
  return posting.wage.type == schema::WageType::kMonthly && posting.wage.fixed_allowances
             ? StepBelow(posting.wage.fixed_allowances->min, kStep)
             : Value();
}

Value HourlyMin(const JobPosting& posting, corpus::Random* /*random*/) {
  constexpr uint32_t kStep = 50;
  return posting.wage.type == schema::WageType::kHourly && posting.wage.fixed_allowances
             ? StepBelow(posting.wage.fixed_allowances->min, kStep)
             : Value();
}

Value HolidaysMin(const JobPosting& posting, corpus::Random* /*random*/) {
  constexpr uint32_t kStep = 5;
  return posting.annual_holidays ? StepBelow(*posting.annual_holidays, kStep) : Value();
}

Value ReceivedWithinDays(const JobPosting& /*posting*/, corpus::Random* random) {
  constexpr std::array kDays{"3", "7", "14", "30"};
  return std::string(kDays[random->Below(kDays.size())]);
}

Value WalkMax(const JobPosting& posting, corpus::Random* /*random*/) {
  constexpr int kStep = 5;
  return posting.walk_minutes ? fmt::to_string((*posting.walk_minutes / kStep + 1) * kStep)
                              : Value();
}

struct Source {
  std::string_view parameter;
  uint32_t weight;  // of 100: how often people narrow by it; our estimate from the form's order
  Value (*value)(const JobPosting&, corpus::Random*);
};

constexpr std::array kSources{
    Source{"pref", 28, Prefecture},
    Source{"city", 14, Municipality},
    Source{"conditions", 18, Condition},
    Source{"employment", 12, Employment},
    Source{"occupation", 8, OccupationMiddle},
    Source{"monthly_min", 6, MonthlyMin},
    Source{"hourly_min", 4, HourlyMin},
    Source{"holidays_min", 4, HolidaysMin},
    Source{"received_within_days", 3, ReceivedWithinDays},
    Source{"walk_max", 3, WalkMax},
};

}  // namespace

std::optional<std::pair<std::string, std::string>> SampleFilter(const JobPosting& posting,
                                                                corpus::Random* random) {
  uint32_t drawn = random->Below(100);
  for (const Source& source : kSources) {
    if (drawn < source.weight) {
      const Value value = source.value(posting, random);
      return value ? std::optional(std::pair(std::string(source.parameter), *value)) : std::nullopt;
    }
    drawn -= source.weight;
  }
  return std::nullopt;
}

}  // namespace kyujin::mix
