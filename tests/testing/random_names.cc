#include "tests/testing/random_names.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "engine/schema/code_table.h"
#include "engine/schema/name_key.h"

namespace kyujin::test {
namespace {

using schema::JobPosting;

constexpr unsigned kChance = 6;
constexpr int kTries = 20;

const JobPosting& RandomJob(const Oracle& oracle, RandomSource* random) {
  return oracle.job(random->Below(oracle.documents()));
}

// Up to three of what `of` returns for random postings, nothing where it returns "".
template <class Of>
void Maybe(std::string_view name,
           const Oracle& oracle,
           Of&& of,
           OracleRequest* request,
           RandomSource* random) {
  if (!random->Percent(kChance)) {
    return;
  }
  std::vector<std::string> values;
  const auto wanted = static_cast<size_t>(random->Between(1, 3));
  for (int i = 0; i < kTries && values.size() < wanted; ++i) {
    const std::string value = of(RandomJob(oracle, random));
    if (!value.empty()) {
      values.push_back(value);
    }
  }
  if (!values.empty()) {
    request->values[std::string(name)] = values;
  }
}

std::string LicenceOf(const JobPosting& job, RandomSource* random) {
  if (job.licences.empty()) {
    return {};
  }
  for (const schema::Code& code : schema::LicenceTable().codes) {
    if (schema::NameKey(code.label) == job.licences.front() && random->Percent(50)) {
      return std::string(code.code);
    }
  }
  return random->Percent(30) ? ToFullWidth(job.licences.front()) : job.licences.front();
}

std::string EmployerOf(const JobPosting& job, bool takes_names, RandomSource* random) {
  if (takes_names && random->Percent(50)) {
    // Commas part the values of a list.
    return job.employer_key.find(',') == std::string::npos ? job.employer_key : "";
  }
  if (job.employer_number == 0) {
    return {};
  }
  std::string digits = fmt::format("{:011}", job.employer_number);
  if (random->Percent(50)) {
    digits.insert(10, "-").insert(4, "-");
  }
  return random->Percent(20) ? ToFullWidth(digits) : digits;
}

}  // namespace

void AddNames(OracleRequest* request, const Oracle& oracle, RandomSource* random) {
  const auto station = [&](const JobPosting& job) {
    if (job.stations.empty()) {
      return std::string();
    }
    const auto& way = job.stations[random->Below(job.stations.size())];
    return random->Percent(50) ? way.name : way.key + (random->Percent(50) ? "駅" : "");
  };
  Maybe("station", oracle, station, request, random);
  Maybe(
      "licence",
      oracle,
      [&](const JobPosting& job) { return LicenceOf(job, random); },
      request,
      random);
  Maybe(
      "employer_number",
      oracle,
      [&](const JobPosting& job) { return EmployerOf(job, false, random); },
      request,
      random);
  Maybe(
      "exclude_employer",
      oracle,
      [&](const JobPosting& job) { return EmployerOf(job, true, random); },
      request,
      random);
}

void AddShiftLimits(OracleRequest* request, RandomSource* random) {
  if (random->Percent(kChance)) {
    request->values["start_from"] = {random->Pick({"00:00", "08:30", "9:00", "16:30", "23:59"})};
  }
  if (random->Percent(kChance)) {
    request->values["end_by"] = {random->Pick({"17:00", "17:30", "18:00", "22:00", "33:30"})};
  }
}

void AddNear(OracleRequest* request, const Oracle& oracle, RandomSource* random) {
  if (!random->Percent(2 * kChance)) {
    return;
  }
  const auto& position = RandomJob(oracle, random).position;
  if (!position) {
    return;
  }
  const bool is_there = random->Percent(50);
  const double north = position->latitude / 1e6 - 90 + (is_there ? 0 : 0.0123);
  const double east = position->longitude / 1e6 - 180 - (is_there ? 0 : 0.1);
  request->values["near"] = {fmt::format("{:.6f},{:.6f}", north, east)};
  if (random->Percent(60)) {
    request->values["radius_km"] = {random->Pick({"0", "0.5", "5", "30", "123.456", "2000"})};
  }
  if (random->Percent(40)) {
    request->values["sort"] = {"distance"};
  }
}

}  // namespace kyujin::test
