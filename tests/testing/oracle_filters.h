// The filters of API.md 2, one posting at a time.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/job_posting.h"
#include "tests/testing/oracle_request.h"

namespace kyujin::test {

// Returns the names of the filters of `request` that `job` does not pass: parameter names, "place"
// for pref and city, "wage_minima" for the two minima, "received" for both of its filters, "-code"
// for an excluded condition. Nothing is said of words and of 紹介期限日.
std::vector<std::string> FailedFilters(const schema::JobPosting& job,
                                       const OracleRequest& request,
                                       Date today);

// Whether `job` has the condition `code`, `new` included.
bool HasCondition(const schema::JobPosting& job, std::string_view code, Date today);

// The wage that `basis` (a value of wage_basis) looks at.
std::optional<schema::YenRange> WageUnder(const schema::JobPosting& job, std::string_view basis);

// Whether `job` names the station, operator and 駅 aside.
bool NamesStation(const schema::JobPosting& job, const std::string& name);

// Minutes on foot: to one of the stations asked for, else the least.
std::optional<uint32_t> WalkMinutes(const schema::JobPosting& job, const OracleRequest& request);

// Kilometres from `near`, or nothing without it or without a position.
std::optional<double> DistanceFrom(const schema::JobPosting& job, const OracleRequest& request);

// The codes of API.md 2, "" when not given.
std::string WageTypeCode(const schema::JobPosting& job);
std::string FullPartCode(const schema::JobPosting& job);

// The municipalities that the values of `city` stand for: former codes resolved, the wards of a
// designated city added.
std::vector<uint16_t> ChosenMunicipalities(const OracleRequest& request);

}  // namespace kyujin::test
