#include "server/api/restricted_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace kyujin::api {
namespace {

bool Has(const query::ParameterPairs& pairs, std::string_view name) {
  return std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
    return pair.first == name && !pair.second.empty();
  });
}

// Adds the words of `more`. Words are looked for in one set of fields only.
bool AddWords(const query::WordQuery& more, query::WordQuery* words) {
  if (more.empty()) {
    return true;
  }
  if (words->empty()) {
    *words = more;
    return true;
  }
  if (words->fields != more.fields) {
    return false;
  }
  words->clauses.insert(words->clauses.end(), more.clauses.begin(), more.clauses.end());
  words->excluded.insert(words->excluded.end(), more.excluded.begin(), more.excluded.end());
  return true;
}

// The order that the call names, or what a search without `sort` has.
query::Sort EffectiveSort(const query::ParameterPairs& pairs,
                          const query::SearchRequest& call,
                          const query::SearchRequest& both) {
  const auto named = std::find_if(pairs.begin(), pairs.end(), [](const auto& pair) {
    return pair.first == "sort" && !pair.second.empty();
  });
  if (named != pairs.end() && named->second != query::SortName(query::Sort::kRelevance)) {
    return call.sort;
  }
  return both.words.has_scoring_words() ? query::Sort::kRelevance : query::Sort::kNew;
}

// Bytes of both requests and of what was chosen between them. No query string, so that nothing that
// reads one takes it for one.
std::string Joined(std::string_view saved,
                   std::string_view call,
                   const query::SearchRequest& both) {
  return fmt::format("%saved({})({}){}/{}",
                     saved,
                     call,
                     query::SortName(both.sort),
                     static_cast<unsigned>(both.wage_basis));
}

}  // namespace

query::ParseOutcome RestrictSearch(const query::SearchRequest& saved,
                                   const query::ParameterPairs& pairs,
                                   text::Analyzer* analyzer) {
  // The cursor was made for both together, so it is compared later (TakeCursor).
  query::ParameterPairs own = pairs;
  std::erase_if(own, [](const auto& pair) { return pair.first == "cursor"; });
  query::ParseOutcome outcome = query::ParseSearchParameters(own, analyzer);
  if (!outcome.has_request()) {
    return outcome;
  }
  const query::SearchRequest& call = outcome.request;
  query::SearchRequest both = call;
  both.words = saved.words;
  if (!AddWords(call.words, &both.words)) {
    outcome.errors.push_back(query::MakeParameterError(
        "q_in", "", "the saved query looks for its words in other fields: send the same q_in"));
    return outcome;
  }
  both.filters = saved.filters;
  both.filters.insert(both.filters.end(), call.filters.begin(), call.filters.end());
  both.partial = query::PartialMode::kNever;
  if (!Has(pairs, "wage_basis")) {
    both.wage_basis = saved.wage_basis;
  }
  if (!both.near) {
    both.near = saved.near;
  }
  both.sort = EffectiveSort(pairs, call, both);
  both.canonical = Joined(saved.canonical, call.canonical, both);
  both.as_parameters = Joined(saved.canonical, call.as_parameters, both);
  outcome.request = std::move(both);
  return outcome;
}

void RestrictToNumbers(std::vector<uint64_t> numbers,
                       std::string_view identity,
                       query::SearchRequest* request) {
  request->filters.push_back({schema::FilterGroup::kNone, query::NumberFilter{std::move(numbers)}});
  request->canonical.append("&among=").append(identity);
  request->as_parameters.append("&among=").append(identity);
}

std::vector<query::ParameterError> TakeCursor(const query::ParameterPairs& pairs,
                                              query::SearchRequest* request) {
  std::vector<query::ParameterError> errors;
  for (const auto& [name, value] : pairs) {
    if (name != "cursor" || value.empty()) {
      continue;
    }
    const auto cursor = query::DecodeCursor(value);
    if (request->cursor) {
      errors.push_back(query::MakeParameterError(name, value, "given more than once"));
    } else if (!cursor.has_value()) {
      errors.push_back(query::MakeParameterError(name, value, cursor.error().message));
    } else if (cursor->request_hash != query::HashRequest(request->canonical)) {
      errors.push_back(query::MakeParameterError(name, value, "made for other parameters"));
    } else if (Has(pairs, "offset")) {
      errors.push_back(query::MakeParameterError(name, value, "not together with offset"));
    } else {
      request->cursor = *cursor;
    }
  }
  return errors;
}

}  // namespace kyujin::api
