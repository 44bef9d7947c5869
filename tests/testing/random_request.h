// Random searches over a random feed: every parameter the contract has and the server takes, words
// that hit and words that miss.
//
// Thread rule: Thread-compatible.
#pragma once

#include "engine/base/date.h"
#include "tests/testing/oracle.h"
#include "tests/testing/oracle_request.h"
#include "tests/testing/random_source.h"

namespace kyujin::test {

// Returns a well-formed search with `limit` set. `oracle` gives numbers and texts to draw on.
OracleRequest MakeRandomRequest(Oracle* oracle, Date today, RandomSource* random);

}  // namespace kyujin::test
