// The parts of a random request that name stations, licences, employers, points and hours; used by
// random_request.cc only.
//
// Thread rule: Thread-compatible.
#pragma once

#include "tests/testing/oracle.h"
#include "tests/testing/oracle_request.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {

// station, licence, employer_number and exclude_employer, of names and numbers that postings have.
void AddNames(OracleRequest* request, const Oracle& oracle, RandomSource* random);
// start_from and end_by.
void AddShiftLimits(OracleRequest* request, RandomSource* random);
// near, radius_km.
void AddNear(OracleRequest* request, const Oracle& oracle, RandomSource* random);

}  // namespace kyujin::test
