// From the parameters of GET /v1/suggest (API.md 6) to what it asks: the start of a name, and the
// filters under which names are counted. The filters are those of a search, read from the one table
// of parameters; what only makes sense for a list of hits is no parameter here.
//
// Thread rule: functions only, nothing is shared; an Analyzer is confined to one thread.
#pragma once

#include <string>
#include <vector>

#include "engine/query/parameter_error.h"
#include "engine/query/request_parser.h"
#include "engine/query/search_request.h"

namespace kyujin::query {

inline constexpr uint32_t kDefaultSuggestions = 10;

struct SuggestOutcome {
  std::string typed;
  uint32_t limit = kDefaultSuggestions;
  ParameterPairs filters;  // as sent
  SearchRequest request;   // filters and excluded words; complete only without errors
  std::vector<ParameterError> errors;
};

SuggestOutcome ParseSuggestParameters(const ParameterPairs& pairs, text::Analyzer* analyzer);

}  // namespace kyujin::query
