// From the text of one value to a checked one: width and hyphens folded, codes looked up, ranges
// kept. The step between reading a request (request_parser.h) and applying it (request_draft.h).
//
// Thread rule: **Immutable.**
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/query/parameter_error.h"
#include "engine/query/search_parameter.h"

namespace kyujin::query {

// Reads `text` (not only spaces) as one value of `parameter`. What the words of q mean is left to
// the draft.
std::variant<ParameterValue, ParameterError> ParseParameterValue(const SearchParameter& parameter,
                                                                 std::string_view text);

// Reads one value of canonical bytes. What was folded when it was typed (words, names) is taken as
// it is: its length was checked then, and folding it again might make another name of it.
std::variant<ParameterValue, ParameterError> ParseCanonicalValue(const SearchParameter& parameter,
                                                                 std::string_view text);

// Returns `text` without spaces (U+3000 too) at its ends.
std::string_view TrimSpaces(std::string_view text);

// Splits a list at commas of any width; values are trimmed and never empty.
std::vector<std::string> SplitList(std::string_view text);

// Returns up to `count` of `choices`, nearest to `text` by code and label first.
std::vector<Suggestion> NearestChoices(std::span<const Choice> choices,
                                       std::string_view text,
                                       size_t count = 3);

}  // namespace kyujin::query
