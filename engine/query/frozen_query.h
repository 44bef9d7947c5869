// FrozenQuery: a search as it is saved (API.md 7). Interpretation has been run once and stands as
// parameters, so that later versions of the dictionaries and tables find by it what was meant when
// it was saved; equal searches have equal bytes. The store keeps these bytes, the percolator and
// `results` read them back.
//
// Thread rule: functions and plain values; an Analyzer is confined to one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/query/parameter_error.h"
#include "engine/query/request_parser.h"
#include "engine/query/search_request.h"
#include "engine/text/analyzer.h"

namespace kyujin::query {

struct FrozenQuery {
  // `name=value&name=value`: a query string, names ascending, with interpret=off and
  // partial=never, without defaults and without what only says how an answer looks.
  std::string canonical;
  std::string typed_words;  // `q` as typed, for display; may be empty
};

// A frozen query, or why the search cannot be saved.
struct FreezeOutcome {
  FrozenQuery query;
  std::vector<ParameterError> errors;  // unknown values (422)

  [[nodiscard]] bool has_query() const { return errors.empty(); }
};

// Freezes a request that was read without errors. The frozen one finds what `request` with
// partial=never finds. Errors: `conditions=-new`, which time alone would make a posting match.
FreezeOutcome FreezeRequest(const SearchRequest& request);

// Reads FrozenQuery::canonical. Freezing the outcome gives the same bytes, as long as the tables
// know all values. Errors: names the parameter that they no longer know.
ParseOutcome ParseFrozenQuery(std::string_view canonical, text::Analyzer* analyzer);

// Takes a frozen query apart: returns queries that ParseFrozenQuery reads, all of which together
// (AND) find what it finds. They are as small as can be, so that many queries have them in common:
// one word or group of words joined by OR, one condition, the parameters of one group. Pieces whose
// words are symbols alone (WordQuery::is_symbols) mean nothing beside pieces with other words.
std::vector<std::string> SplitFrozenQuery(std::string_view canonical);

}  // namespace kyujin::query
