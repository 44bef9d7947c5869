// RestrictedSearch: a saved query, read back, with what a call asks of it besides: one request that
// holds both (AND). Page parameters are the call's.
//
// Thread rule: functions only; an Analyzer is confined to one thread.
#pragma once

#include <string_view>

#include "engine/query/request_parser.h"
#include "engine/query/search_request.h"

namespace kyujin::api {

// Reads the call's parameters and adds them to `saved`. Errors: those of the parameters.
query::ParseOutcome RestrictSearch(const query::SearchRequest& saved,
                                   const query::ParameterPairs& pairs,
                                   text::Analyzer* analyzer);

// Restricts a request to these postings, ascending and unique. `identity` names them in the
// canonical form, on which cursors and caches rely.
void RestrictToNumbers(std::vector<uint64_t> numbers,
                       std::string_view identity,
                       query::SearchRequest* request);

// Gives a request whose canonical form is settled the cursor of the call. Errors: 400 as a search.
std::vector<query::ParameterError> TakeCursor(const query::ParameterPairs& pairs,
                                              query::SearchRequest* request);

}  // namespace kyujin::api
