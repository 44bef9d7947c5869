#include "server/api/did_you_mean.h"

#include <algorithm>
#include <string>

#include "engine/query/request_parser.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

constexpr size_t kMaxCorrections = 3;
constexpr size_t kMaxSearches = 8;

// The parameters of a request, as its canonical form has them.
query::ParameterPairs ParametersOf(const query::SearchRequest& request) {
  const auto pairs = http::ParseQuery(request.canonical);
  return pairs.has_value() ? query::ParameterPairs(pairs->begin(), pairs->end())
                           : query::ParameterPairs();
}

}  // namespace

Result<std::vector<Correction>> CorrectWords(const query::SearchRequest& request,
                                             search::Searcher* searcher,
                                             const search::SearchContext& context) {
  query::ParameterPairs parameters = ParametersOf(request);
  const auto typed = std::find_if(parameters.begin(), parameters.end(), [](const auto& parameter) {
    return parameter.first == "q";
  });
  std::vector<Correction> corrections;
  if (typed == parameters.end() || context.analyzer == nullptr) {
    return corrections;
  }
  KYUJIN_ASSIGN_OR_RETURN(
      const std::vector<std::string> texts,
      searcher->Correct(typed->second, request.words.fields, kMaxSearches, context));
  for (const std::string& text : texts) {
    if (corrections.size() == kMaxCorrections || context.deadline.expired()) {
      break;
    }
    typed->second = text;
    query::ParseOutcome parsed = query::ParseSearchParameters(parameters, context.analyzer);
    if (!parsed.has_request()) {
      continue;
    }
    parsed.request.limit = 0;
    parsed.request.facets.clear();
    const Result<search::SearchResult> found = searcher->Search(parsed.request, context);
    if (!found.has_value()) {
      // The answer itself is there: it goes out without what time did not allow.
      if (found.error().code == ErrorCode::kDeadlineExceeded) {
        break;
      }
      return found.error();
    }
    if (found->total > 0) {
      corrections.push_back({text, found->total});
    }
  }
  return corrections;
}

}  // namespace kyujin::api
