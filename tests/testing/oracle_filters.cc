#include "tests/testing/oracle_filters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"
#include "engine/schema/name_key.h"
#include "engine/schema/posting_number.h"

namespace kyujin::test {
namespace {

using schema::JobPosting;
using Values = std::vector<std::string>;

bool Lists(const Values& values, std::string_view code) {
  return !code.empty() && std::find(values.begin(), values.end(), code) != values.end();
}

// The code of a value that counts from 1 in the order of `codes`; 0 is not given.
template <class Value, size_t kSize>
std::string CodeOf(Value value, const std::array<std::string_view, kSize>& codes) {
  const auto number = static_cast<size_t>(value);
  return number == 0 ? std::string() : std::string(codes.at(number - 1));
}

bool IsWithinPlace(const JobPosting& job, const OracleRequest& request) {
  const std::vector<uint16_t> cities = ChosenMunicipalities(request);
  if (std::find(cities.begin(), cities.end(), job.municipality) != cities.end()) {
    return true;
  }
  const auto prefectures = request.values.find("pref");
  const bool is_narrowed = std::any_of(
      cities.begin(), cities.end(), [&](uint16_t city) { return city / 1000 == job.prefecture; });
  return job.prefecture != 0 && prefectures != request.values.end() && !is_narrowed &&
         Lists(prefectures->second, fmt::format("{:02}", job.prefecture));
}

bool IsOfOccupation(const JobPosting& job, std::string_view code) {
  const schema::Occupation& occupation = job.occupation;
  switch (code.size()) {
    case 2:
      return occupation.major != 0 && code == fmt::format("{:02}", occupation.major);
    case 3:
      return occupation.middle != 0 && code == fmt::format("{:03}", occupation.middle);
    default:
      return occupation.minor != 0 &&
             code == fmt::format("{:03}-{:02}", occupation.middle, occupation.minor);
  }
}

bool IsOfIndustry(const JobPosting& job, std::string_view code) {
  const std::string middle = fmt::format("{:02}", job.industry / 10);
  const schema::Code* row = schema::IndustryTable().Find(middle);
  return job.industry != 0 && (code == middle || (row != nullptr && code == row->parent));
}

bool PassesMinima(const JobPosting& job, const OracleRequest& request) {
  const auto wage = WageUnder(job, request.Value("wage_basis", "fixed_allowances"));
  const std::string type = WageTypeCode(job);
  const std::string minimum = type == "monthly"  ? request.Value("monthly_min")
                              : type == "hourly" ? request.Value("hourly_min")
                                                 : "";
  return wage && !minimum.empty() && wage->min >= std::stoul(minimum);
}

bool AdmitsAge(const JobPosting& job, int age) {
  return age >= job.age_min.value_or(0) && age <= job.age_max.value_or(UINT8_MAX);
}

// Whether the bit of `code` is set; bits count from 0 in the order of `codes`.
template <size_t kSize>
bool HasBit(unsigned bits,
            std::string_view code,
            const std::array<std::string_view, kSize>& codes) {
  const auto place = std::find(codes.begin(), codes.end(), code) - codes.begin();
  return (bits >> static_cast<unsigned>(place) & 1U) != 0;
}

constexpr std::array<std::string_view, 8> kWeekdays{
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "hol"};
constexpr std::array<std::string_view, 4> kInsurances{
    "employment", "accident", "health", "pension"};
constexpr std::array<std::string_view, 5> kWorkSystems{
    "shift", "flexible", "discretionary", "variable", "fixed"};

// Positive values are alternatives, each `-value` excludes.
bool PassesWorkSystem(const JobPosting& job, const Values& values) {
  bool wants = false;
  bool found = false;
  for (const std::string& value : values) {
    if (value.starts_with('-')) {
      if (HasBit(job.work_systems, value.substr(1), kWorkSystems)) {
        return false;
      }
    } else {
      wants = true;
      found = found || HasBit(job.work_systems, value, kWorkSystems);
    }
  }
  return found || !wants;
}

bool ListsNumber(const Values& values, const JobPosting& job) {
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    const auto number = schema::PostingNumber::Parse(value);
    return number.has_value() && *number == job.number;
  });
}

bool ListsEmployer(const Values& values, const JobPosting& job) {
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    std::string digits = schema::NameKey(value);  // width folded
    std::erase(digits, '-');
    return (job.employer_number != 0 && digits == fmt::format("{:011}", job.employer_number)) ||
           (!job.employer_key.empty() && schema::NameKey(value) == job.employer_key);
  });
}

int Minutes(std::string_view time) {
  return std::stoi(std::string(time.substr(0, 2))) * 60 + std::stoi(std::string(time.substr(3)));
}

// One and the same shift does both.
bool PassesHours(const JobPosting& job, const OracleRequest& request) {
  const int from = Minutes(request.Value("start_from", "00:00"));
  const int by = Minutes(request.Value("end_by", "99:00"));
  return std::any_of(job.shifts.begin(), job.shifts.end(), [&](const schema::Shift& shift) {
    return shift.start >= from && shift.end <= by;
  });
}

bool PassesWalk(const JobPosting& job, const OracleRequest& request) {
  const auto minutes = WalkMinutes(job, request);
  return minutes && *minutes <= std::stoul(request.Value("walk_max"));
}

// A filter that looks at `values` alone.
struct Filter {
  std::string_view parameter;
  bool (*passes)(const JobPosting& job, const Values& values);
};

constexpr std::array<Filter, 22> kFilters{{
    {"kind",
     [](const JobPosting& job, const Values& values) {
       constexpr std::array<std::string_view, 5> kKinds{
           "general", "graduate", "seasonal", "migrant", "disability"};
       return Lists(values, CodeOf(job.kind, kKinds));
     }},
    {"full_part",
     [](const JobPosting& job, const Values& values) { return Lists(values, FullPartCode(job)); }},
    {"employment",
     [](const JobPosting& job, const Values& values) {
       return job.employment != 0 && Lists(values, std::to_string(job.employment));
     }},
    {"dispatch",
     [](const JobPosting& job, const Values& values) {
       constexpr std::array<std::string_view, 3> kCodes{"dispatch", "contract", "none"};
       return Lists(values, CodeOf(job.dispatch, kCodes));
     }},
    {"renewal",
     [](const JobPosting& job, const Values& values) {
       constexpr std::array<std::string_view, 3> kCodes{"always", "conditional", "none"};
       return Lists(values, CodeOf(job.renewal, kCodes));
     }},
    {"licence_need",
     [](const JobPosting& job, const Values& values) {
       constexpr std::array<std::string_view, 3> kCodes{"required", "preferred", "none"};
       return Lists(values, CodeOf(job.licence_need, kCodes));
     }},
    {"wage_type",
     [](const JobPosting& job, const Values& values) { return Lists(values, WageTypeCode(job)); }},
    {"occupation",
     [](const JobPosting& job, const Values& values) {
       return std::any_of(values.begin(), values.end(), [&](const std::string& code) {
         return IsOfOccupation(job, code);
       });
     }},
    {"industry",
     [](const JobPosting& job, const Values& values) {
       return std::any_of(values.begin(), values.end(), [&](const std::string& code) {
         return IsOfIndustry(job, code);
       });
     }},
    {"age",
     [](const JobPosting& job, const Values& values) {
       return AdmitsAge(job, std::stoi(values.front()));
     }},
    {"holidays_min",
     [](const JobPosting& job, const Values& values) {
       return job.annual_holidays && *job.annual_holidays >= std::stoul(values.front());
     }},
    {"overtime_max",
     [](const JobPosting& job, const Values& values) {
       return job.overtime_hours && *job.overtime_hours <= std::stoul(values.front());
     }},
    {"employees_min",
     [](const JobPosting& job, const Values& values) {
       return job.employees && *job.employees >= std::stoul(values.front());
     }},
    {"station",
     [](const JobPosting& job, const Values& values) {
       return std::any_of(values.begin(), values.end(), [&](const std::string& name) {
         return NamesStation(job, name);
       });
     }},
    {"licence",
     [](const JobPosting& job, const Values& values) {
       return std::any_of(values.begin(), values.end(), [&](const std::string& name) {
         const schema::Code* code = schema::LicenceTable().Find(name);
         return Lists(job.licences, schema::NameKey(code == nullptr ? name : code->label));
       });
     }},
    {"employer_number",
     [](const JobPosting& job, const Values& values) { return ListsEmployer(values, job); }},
    {"exclude_employer",
     [](const JobPosting& job, const Values& values) { return !ListsEmployer(values, job); }},
    {"holiday_weekdays",
     [](const JobPosting& job, const Values& values) {
       return std::all_of(values.begin(), values.end(), [&](const std::string& day) {
         return HasBit(job.holiday_weekdays, day, kWeekdays);
       });
     }},
    {"insurance",
     [](const JobPosting& job, const Values& values) {
       return std::all_of(values.begin(), values.end(), [&](const std::string& insurance) {
         return HasBit(job.insurances, insurance, kInsurances);
       });
     }},
    {"work_system", PassesWorkSystem},
    {"number",
     [](const JobPosting& job, const Values& values) { return ListsNumber(values, job); }},
    {"exclude_number",
     [](const JobPosting& job, const Values& values) { return !ListsNumber(values, job); }},
}};

bool PassesReceived(const JobPosting& job, const OracleRequest& request, Date today) {
  if (request.Has("received_from")) {
    const auto from = Date::Parse(request.Value("received_from"));
    if (!job.received || *job.received < *from) {
      return false;
    }
  }
  if (request.Has("received_within_days")) {
    const int days = std::stoi(request.Value("received_within_days"));
    return job.received && *job.received >= today.PlusDays(-days);
  }
  return true;
}

void AddFailedConditions(const JobPosting& job,
                         const OracleRequest& request,
                         Date today,
                         std::vector<std::string>* failed) {
  const auto conditions = request.values.find("conditions");
  if (conditions == request.values.end()) {
    return;
  }
  for (const std::string& code : conditions->second) {
    const bool is_excluded = code.starts_with('-');
    if (HasCondition(job, is_excluded ? code.substr(1) : code, today) == is_excluded) {
      failed->push_back(is_excluded ? code : "conditions");
    }
  }
}

}  // namespace

bool NamesStation(const JobPosting& job, const std::string& name) {
  return std::any_of(job.stations.begin(), job.stations.end(), [&](const auto& way) {
    return way.key == schema::StationKey(name);
  });
}

std::optional<uint32_t> WalkMinutes(const JobPosting& job, const OracleRequest& request) {
  const auto stations = request.values.find("station");
  if (stations == request.values.end()) {
    return job.walk_minutes;
  }
  std::optional<uint32_t> least;
  for (const schema::StationAccess& way : job.stations) {
    const bool is_asked =
        std::any_of(stations->second.begin(), stations->second.end(), [&](const std::string& name) {
          return schema::StationKey(name) == way.key;
        });
    if (is_asked && way.walk_minutes) {
      least = std::min<uint32_t>(least.value_or(UINT32_MAX), *way.walk_minutes);
    }
  }
  return least;
}

std::optional<double> DistanceFrom(const JobPosting& job, const OracleRequest& request) {
  if (!job.position || !request.Has("near")) {
    return std::nullopt;
  }
  const std::string point = request.Value("near");
  const double radians = std::acos(-1.0) / 180.0;
  const auto rounded = [](double degrees) { return std::round(degrees * 1e6) / 1e6; };
  const double north = rounded(std::stod(point)) * radians;
  const double east = rounded(std::stod(point.substr(point.find(',') + 1))) * radians;
  const double job_north = rounded(job.position->latitude / 1e6 - 90) * radians;
  const double job_east = rounded(job.position->longitude / 1e6 - 180) * radians;
  const double half_north = std::pow(std::sin((job_north - north) / 2), 2);
  const double half_east = std::pow(std::sin((job_east - east) / 2), 2);
  return 2 * 6'371.0088 *
         std::asin(std::sqrt(half_north + std::cos(north) * std::cos(job_north) * half_east));
}

bool HasCondition(const JobPosting& job, std::string_view code, Date today) {
  if (code == "new") {
    return job.received && *job.received >= today.PlusDays(-2) && *job.received <= today;
  }
  const auto condition = schema::FindCondition(code);
  return condition && (job.conditions_yes & schema::ConditionBit(*condition)) != 0;
}

std::optional<schema::YenRange> WageUnder(const JobPosting& job, std::string_view basis) {
  return basis == "base"               ? job.wage.base
         : basis == "fixed_allowances" ? job.wage.fixed_allowances
                                       : job.wage.with_fixed_overtime;
}

std::string WageTypeCode(const JobPosting& job) {
  constexpr std::array<std::string_view, 5> kCodes{"monthly", "yearly", "daily", "hourly", "other"};
  return CodeOf(job.wage.type, kCodes);
}

std::string FullPartCode(const JobPosting& job) {
  constexpr std::array<std::string_view, 2> kCodes{"full", "part"};
  return CodeOf(job.full_part, kCodes);
}

std::vector<uint16_t> ChosenMunicipalities(const OracleRequest& request) {
  std::vector<uint16_t> chosen;
  const auto found = request.values.find("city");
  if (found == request.values.end()) {
    return chosen;
  }
  for (const std::string& value : found->second) {
    const auto code =
        static_cast<uint16_t>(std::stoul(std::string(*schema::CurrentMunicipality(value))));
    chosen.push_back(code);
    for (const schema::Municipality& ward : schema::WardsOf(code)) {
      chosen.push_back(ward.code);
    }
  }
  return chosen;
}

std::vector<std::string> FailedFilters(const JobPosting& job,
                                       const OracleRequest& request,
                                       Date today) {
  std::vector<std::string> failed;
  for (const Filter& filter : kFilters) {
    const auto given = request.values.find(filter.parameter);
    if (given != request.values.end() && !filter.passes(job, given->second)) {
      failed.emplace_back(filter.parameter);
    }
  }
  if ((request.Has("pref") || request.Has("city")) && !IsWithinPlace(job, request)) {
    failed.emplace_back("place");
  }
  if ((request.Has("monthly_min") || request.Has("hourly_min")) && !PassesMinima(job, request)) {
    failed.emplace_back("wage_minima");
  }
  if (request.Has("walk_max") && !PassesWalk(job, request)) {
    failed.emplace_back("walk_max");
  }
  if ((request.Has("start_from") || request.Has("end_by")) && !PassesHours(job, request)) {
    failed.emplace_back("hours");
  }
  if (request.Has("radius_km")) {
    const auto distance = DistanceFrom(job, request);
    if (!distance || *distance > std::stod(request.Value("radius_km"))) {
      failed.emplace_back("radius_km");
    }
  }
  if (!PassesReceived(job, request, today)) {
    failed.emplace_back("received");
  }
  AddFailedConditions(job, request, today, &failed);
  return failed;
}

}  // namespace kyujin::test
