#include "engine/query/suggest_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/query/parameter_value.h"
#include "engine/query/search_parameter.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

// Parameters of a search that say how its words are read or how its hits are shown.
constexpr auto kNoFilters = std::to_array<std::string_view>({"q_mode",
                                                             "interpret",
                                                             "partial",
                                                             "sort",
                                                             "facets",
                                                             "fields",
                                                             "highlight",
                                                             "explain",
                                                             "offset",
                                                             "cursor"});

bool IsRefused(std::string_view name) {
  return std::find(kNoFilters.begin(), kNoFilters.end(), name) != kNoFilters.end();
}

void ReadTyped(const std::string& value, bool* is_given, SuggestOutcome* outcome) {
  const SearchParameter* parameter = FindSearchParameter("q");
  KYUJIN_CHECK(parameter != nullptr);
  if (TrimSpaces(value).empty()) {
    return;
  }
  if (*is_given) {
    outcome->errors.push_back(MakeParameterError("q", value, "given more than once"));
  } else if (!text::IsValidUtf8(value)) {
    outcome->errors.push_back(MakeParameterError("q", "", "not UTF-8"));
  } else if (text::CountCodePoints(value) > parameter->max) {
    outcome->errors.push_back(
        MakeParameterError("q", value, fmt::format("more than {} characters", parameter->max)));
  } else {
    outcome->typed = value;
  }
  *is_given = true;
}

}  // namespace

SuggestOutcome ParseSuggestParameters(const ParameterPairs& pairs, text::Analyzer* analyzer) {
  SuggestOutcome outcome;
  bool is_typed = false;
  bool is_limited = false;
  for (const auto& [name, value] : pairs) {
    if (name == "q") {
      ReadTyped(value, &is_typed, &outcome);
    } else if (IsRefused(name)) {
      outcome.errors.push_back(
          MakeParameterError(name, value, "unknown parameter: suggestions take filters only"));
    } else {
      is_limited = is_limited || (name == "limit" && !TrimSpaces(value).empty());
      outcome.filters.emplace_back(name, value);
    }
  }
  ParseOutcome parsed = ParseSearchParameters(outcome.filters, analyzer);
  outcome.errors.insert(outcome.errors.end(), parsed.errors.begin(), parsed.errors.end());
  outcome.request = std::move(parsed.request);
  outcome.limit = is_limited ? outcome.request.limit : kDefaultSuggestions;
  return outcome;
}

}  // namespace kyujin::query
