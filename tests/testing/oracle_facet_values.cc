#include "tests/testing/oracle_facet_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "engine/schema/code_table.h"
#include "tests/testing/oracle_filters.h"

namespace kyujin::test {
namespace {

using schema::JobPosting;

// Ranges as the contract prints them; the lower ends decide.
struct Range {
  uint32_t lower;
  std::string_view code;
};
constexpr std::array<Range, 6> kWalk{
    {{0, "0-5"}, {6, "6-10"}, {11, "11-15"}, {16, "16-20"}, {21, "21-30"}, {31, "31-"}}};
constexpr std::array<Range, 10> kHolidays{{{0, "-89"},
                                           {90, "90-94"},
                                           {95, "95-99"},
                                           {100, "100-104"},
                                           {105, "105-109"},
                                           {110, "110-114"},
                                           {115, "115-119"},
                                           {120, "120-124"},
                                           {125, "125-129"},
                                           {130, "130-"}}};
constexpr std::array<Range, 6> kReceived{
    {{0, "0"}, {1, "1-2"}, {3, "3-6"}, {7, "7-13"}, {14, "14-29"}, {30, "30-"}}};

std::string RangeOf(std::span<const Range> ranges, std::optional<uint32_t> value) {
  std::string code(kUnknown);
  for (const Range& range : ranges) {
    if (value && *value >= range.lower) {
      code = range.code;
    }
  }
  return code;
}

std::optional<uint32_t> DaysAgo(const JobPosting& job, Date today) {
  if (!job.received) {
    return std::nullopt;
  }
  // What is dated in the future counts as of today.
  return *job.received > today ? 0 : static_cast<uint32_t>(today.days() - job.received->days());
}

struct WageScale {
  std::string_view type;
  uint32_t step;
  uint32_t first;
  uint32_t last;
};
constexpr std::array<WageScale, 4> kWages{{{"monthly", 10'000, 100'000, 600'000},
                                           {"yearly", 500'000, 1'500'000, 10'000'000},
                                           {"daily", 1'000, 5'000, 30'000},
                                           {"hourly", 50, 900, 3'000}}};

std::string WageRange(const JobPosting& job, const OracleRequest& request) {
  const auto wage = WageUnder(job, request.Value("wage_basis", "fixed_allowances"));
  for (const WageScale& scale : kWages) {
    if (wage && scale.type == WageTypeCode(job)) {
      const uint32_t lower = wage->min < scale.first  ? 0
                             : wage->min > scale.last ? scale.last
                                                      : wage->min - wage->min % scale.step;
      return fmt::format("{}:{}", scale.type, lower);
    }
  }
  return std::string(kUnknown);
}

std::string IndustryMajor(const JobPosting& job) {
  const schema::Code* middle =
      schema::IndustryTable().Find(fmt::format("{:02}", job.industry / 10));
  return job.industry == 0 || middle == nullptr ? "" : std::string(middle->parent);
}

std::string PlainCode(const JobPosting& job, std::string_view facet) {
  if (facet == "pref") {
    return job.prefecture == 0 ? "" : fmt::format("{:02}", job.prefecture);
  }
  if (facet == "occupation_major") {
    return job.occupation.major == 0 ? "" : fmt::format("{:02}", job.occupation.major);
  }
  if (facet == "occupation_middle") {
    return job.occupation.middle == 0 ? "" : fmt::format("{:03}", job.occupation.middle);
  }
  if (facet == "industry") {
    return IndustryMajor(job);
  }
  if (facet == "employment") {
    return job.employment == 0 ? "" : std::to_string(job.employment);
  }
  return facet == "full_part" ? FullPartCode(job) : WageTypeCode(job);
}

bool Lists(const std::vector<std::string>& values, std::string_view code) {
  return std::find(values.begin(), values.end(), code) != values.end();
}

// A code is chosen by itself or by the one above it.
bool IsChosenInTree(const schema::CodeTable& table,
                    std::string_view code,
                    const std::vector<std::string>& values) {
  const schema::Code* row = table.Find(code);
  return Lists(values, code) || (row != nullptr && Lists(values, row->parent));
}

// An industry is chosen as well when all below it are; every posting of it is of one of them.
bool IsIndustryChosen(std::string_view major, const std::vector<std::string>& values) {
  const auto codes = schema::IndustryTable().codes;
  return Lists(values, major) || std::all_of(codes.begin(), codes.end(), [&](const auto& below) {
           return below.parent != major || Lists(values, below.code);
         });
}

}  // namespace

std::string FacetCode(const JobPosting& job,
                      std::string_view facet,
                      const OracleRequest& request,
                      Date today) {
  if (facet == "walk_minutes") {
    return RangeOf(kWalk, WalkMinutes(job, request));
  }
  if (facet == "holidays") {
    return RangeOf(kHolidays, job.annual_holidays);
  }
  if (facet == "received") {
    return RangeOf(kReceived, DaysAgo(job, today));
  }
  if (facet == "wage_histogram") {
    return WageRange(job, request);
  }
  const std::string code = PlainCode(job, facet);
  return code.empty() ? std::string(kUnknown) : code;
}

std::vector<std::string> RangeCodes(std::string_view facet) {
  std::vector<std::string> codes;
  const auto add = [&](std::span<const Range> ranges) {
    for (const Range& range : ranges) {
      codes.emplace_back(range.code);
    }
  };
  if (facet == "walk_minutes") {
    add(kWalk);
  } else if (facet == "holidays") {
    add(kHolidays);
  } else if (facet == "received") {
    add(kReceived);
  } else if (facet == "wage_histogram") {
    for (const WageScale& scale : kWages) {
      codes.push_back(fmt::format("{}:0", scale.type));
      for (uint32_t lower = scale.first; lower <= scale.last; lower += scale.step) {
        codes.push_back(fmt::format("{}:{}", scale.type, lower));
      }
    }
  }
  return codes;
}

bool IsChosen(std::string_view facet, std::string_view code, const OracleRequest& request) {
  const bool is_occupation = facet.starts_with("occupation");
  const auto given = request.values.find(is_occupation ? "occupation" : facet);
  if (given == request.values.end() || code == kUnknown || !RangeCodes(facet).empty()) {
    return false;
  }
  if (is_occupation) {
    return IsChosenInTree(schema::OccupationTable(), code, given->second);
  }
  if (facet == "industry") {
    return IsIndustryChosen(code, given->second);
  }
  return Lists(given->second, code);
}

}  // namespace kyujin::test
