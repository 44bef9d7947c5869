// did_you_mean: for a search that finds nothing, other words that find something, with their real
// totals under the same filters (API.md 2).
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/query/search_request.h"
#include "engine/search/searcher.h"
#include "server/api/search_codec.h"

namespace kyujin::api {

// Returns at most three corrections of the words of `request`, likeliest first; none when it has no
// words, or when time runs out. Each costs a search, of which a few are made at most. Errors:
// kCorruption.
Result<std::vector<Correction>> CorrectWords(const query::SearchRequest& request,
                                             search::Searcher* searcher,
                                             const search::SearchContext& context);

}  // namespace kyujin::api
