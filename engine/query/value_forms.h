// Reads the forms of values that need more than a table: times, decimal numbers, points, names and
// employers. A part of parameter_value.h.
//
// Thread rule: **Immutable.**
#pragma once

#include <string_view>
#include <variant>

#include "engine/query/parameter_error.h"
#include "engine/query/search_parameter.h"

namespace kyujin::query {

using ValueOutcome = std::variant<ParameterValue, ParameterError>;

// `text` is as sent (kept for the error), `folded` the same with width and hyphens folded.
struct SentValue {
  std::string_view text;
  std::string_view folded;
};

ValueOutcome ParseTimeValue(const SearchParameter& parameter, const SentValue& value);
ValueOutcome ParseDecimalValue(const SearchParameter& parameter, const SentValue& value);
ValueOutcome ParsePointValue(const SearchParameter& parameter, const SentValue& value);
ValueOutcome ParseEmployerNumberValue(const SearchParameter& parameter, const SentValue& value);
ValueOutcome ParseEmployerValue(const SearchParameter& parameter, const SentValue& value);
// Names that are none at all are unknown values; whether the index has a name is asked later.
ValueOutcome ParseNameValue(const SearchParameter& parameter, const SentValue& value);

}  // namespace kyujin::query
