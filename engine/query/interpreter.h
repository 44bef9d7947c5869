// Interpreter: places, conditions, kinds of employment, wages and hours among the words of `q`
// become values of parameters (API.md 3). Reads only the lexicons of dict/, never an index: the
// same words always mean the same. Stands between the syntax of `q` and its analysis.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/interpretation.h"
#include "engine/query/phrase_lexicon.h"
#include "engine/query/query_syntax.h"

namespace kyujin::query {

struct Interpretation {
  std::vector<SyntaxWord> words;          // that stay words
  std::vector<NamedValue> values;         // that became filters, valid ones
  std::vector<InterpretationChip> chips;  // in typed order

  [[nodiscard]] bool is_applied() const { return !values.empty(); }
};

// Parameters that exclude each other share a group: the place, the wage minima; every other
// parameter is a group of its own.
std::string_view ParameterGroup(std::string_view parameter);

// Reads `words`. What belongs to a group of `taken` (those of the parameters that were sent) gets a
// chip but stays words. Quoted and excluded words and those beside OR are left alone.
Interpretation Interpret(const std::vector<SyntaxWord>& words,
                         const std::set<std::string, std::less<>>& taken);

}  // namespace kyujin::query
