// Name check: whether the stations and licences that a request names exist, in dict/ or in any
// segment of the snapshot: a name that nobody knows is an error with the nearest ones, never a
// silent 0 (API.md 1).
//
// Thread rule: Immutable.
#pragma once

#include <vector>

#include "engine/index/snapshot.h"
#include "engine/query/parameter_error.h"
#include "engine/query/search_request.h"

namespace kyujin::search {

// Returns one error for each unknown name. Cost: a few look-ups a name; for unknown ones a walk
// over all names.
std::vector<query::ParameterError> CheckNames(const query::SearchRequest& request,
                                              const index::Snapshot& snapshot);

}  // namespace kyujin::search
