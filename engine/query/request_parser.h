// From the parameters of a call to a SearchRequest: the entry of this module. Every rule of API.md
// 1 on parameters holds here, for URLs and JSON bodies alike. What the words of `q` mean becomes
// filters on the way (API.md 3).
//
// Thread rule: functions only, nothing is shared; an Analyzer is confined to one thread.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/json.h"
#include "engine/query/parameter_error.h"
#include "engine/query/search_request.h"
#include "engine/text/analyzer.h"

namespace kyujin::query {

// A request, or all that is wrong with it.
struct ParseOutcome {
  SearchRequest request;  // complete only without errors
  std::vector<ParameterError> errors;

  [[nodiscard]] bool has_request() const { return errors.empty(); }
  // Whether any error is one of form (400); otherwise all are unknown values (422).
  [[nodiscard]] bool is_malformed() const;
};

// Decoded names and values of a query string, in typed order.
using ParameterPairs = std::vector<std::pair<std::string, std::string>>;

ParseOutcome ParseSearchParameters(const ParameterPairs& pairs, text::Analyzer* analyzer);
// The same from a JSON object: numbers as integers, all else as strings, lists as arrays (or one
// value; commas separate the values of a lone string). Anything that is no object is an error of
// its own.
ParseOutcome ParseSearchJson(const JsonValue& body, text::Analyzer* analyzer);

// The same from canonical bytes (SearchRequest::as_parameters, frozen queries). Errors: what this
// version of the tables does not know, by name of the parameter.
ParseOutcome ParseCanonicalRequest(std::string_view canonical, text::Analyzer* analyzer);

// Returns the hash that cursors carry of `canonical`.
uint64_t HashRequest(std::string_view canonical);

}  // namespace kyujin::query
