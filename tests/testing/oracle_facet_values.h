// Where a posting stands in each facet (API.md 5): codes, buckets and their order.
//
// Thread rule: Immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/job_posting.h"
#include "tests/testing/oracle_request.h"

namespace kyujin::test {

inline constexpr std::string_view kUnknown = "unknown";

// Returns the code of `job` in `facet` (any but city and conditions), `unknown` when not given.
std::string FacetCode(const schema::JobPosting& job,
                      std::string_view facet,
                      const OracleRequest& request,
                      Date today);

// Codes of a facet that is a row of ranges, in their order; empty for other facets.
std::vector<std::string> RangeCodes(std::string_view facet);

// Whether the filter of `request` that `facet` owns takes in all of the value `code`.
bool IsChosen(std::string_view facet, std::string_view code, const OracleRequest& request);

}  // namespace kyujin::test
