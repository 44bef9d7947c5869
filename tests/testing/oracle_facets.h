// The facets of API.md 5, counted posting by posting.
//
// Thread rule: Immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/oracle.h"

namespace kyujin::test {

// A posting that is alive and has the words, with the filters that it does not pass.
struct JudgedJob {
  const schema::JobPosting* job;
  std::vector<std::string> failed;
};

// Returns the facets that `request` asks for.
OracleFacets CountFacets(const std::vector<JudgedJob>& judged,
                         const OracleRequest& request,
                         Date today);

}  // namespace kyujin::test
