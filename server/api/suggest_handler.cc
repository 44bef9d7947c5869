#include "server/api/suggest_handler.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "engine/base/json.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

using suggest::NameKind;

// Whether choosing a name of `kind` takes the place of `filter`: then names are counted without it,
// as facet values are.
bool IsReplacedBy(NameKind kind, const query::Filter& filter) {
  switch (kind) {
    case NameKind::kOccupation:
      return filter.group == schema::FilterGroup::kOccupation;
    case NameKind::kPlace:
      return filter.group == schema::FilterGroup::kPlace;
    case NameKind::kStation: {
      const auto* station = std::get_if<query::StationFilter>(&filter.body);
      return station != nullptr && !station->walk_max;
    }
    case NameKind::kLicence:
      return std::holds_alternative<query::LicenceFilter>(filter.body);
    case NameKind::kEmployer: {
      const auto* employer = std::get_if<query::EmployerFilter>(&filter.body);
      return employer != nullptr && !employer->excluded;
    }
  }
  return false;
}

// The documents that count for each kind: one search for all kinds that lift nothing.
class CountedSets {
 public:
  Status Add(NameKind kind,
             query::SearchRequest request,
             search::Searcher* searcher,
             const search::SearchContext& context) {
    const size_t all = request.filters.size();
    std::erase_if(request.filters,
                  [kind](const query::Filter& filter) { return IsReplacedBy(kind, filter); });
    // A kind that lifts something has a set of its own.
    const size_t key =
        request.filters.size() == all ? suggest::kNameKindCount : static_cast<size_t>(kind);
    auto known = sets_.find(key);
    if (known == sets_.end()) {
      KYUJIN_ASSIGN_OR_RETURN(std::vector<Bitmap> sets, searcher->Documents(request, context));
      known = sets_.emplace(key, std::move(sets)).first;
    }
    for (const Bitmap& set : known->second) {
      views_[static_cast<size_t>(kind)].push_back(set.view());
    }
    return {};
  }

  [[nodiscard]] const suggest::CountedDocuments& views() const { return views_; }

 private:
  std::map<size_t, std::vector<Bitmap>> sets_;
  suggest::CountedDocuments views_;
};

std::string Encode(const std::vector<suggest::Suggestion>& suggestions) {
  JsonWriter json;
  json.StartObject();
  json.Key("suggestions");
  json.StartArray();
  for (const suggest::Suggestion& suggestion : suggestions) {
    json.StartObject();
    json.Member("text", suggestion.text);
    json.Member("kind", suggest::NameOf(suggestion.kind));
    json.Member("parameter", suggestion.parameter);
    json.Member("value", suggestion.value);
    json.Member("label", suggestion.label);
    json.MemberUint("count", suggestion.count);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return std::string(json.view());
}

}  // namespace

void SuggestHandler::AddRoutes(http::Router* router) {
  router->Add("GET",
              "/v1/suggest",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& context) { return Get(request, context); });
}

http::HttpResponse SuggestHandler::Get(const http::HttpRequest& request,
                                       const http::HandlerContext& context) {
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  const auto pairs = http::ParseQuery(request.query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  const query::SuggestOutcome asked =
      query::ParseSuggestParameters(*pairs, &workers_[context.worker_index].analyzer);
  if (!asked.errors.empty()) {
    return ParameterProblem(asked.errors);
  }
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  const std::string tag = WeakTag(fmt::format("suggest/{}/{}/{}/{}/{}/{}",
                                              snapshot->index_id(),
                                              snapshot->generation(),
                                              services_.calendar.Today().days(),
                                              asked.limit,
                                              asked.request.canonical,
                                              asked.typed));
  if (HasCurrent(request, tag)) {
    return NotModified(tag, kRevalidate);
  }
  Result<std::string> body = Body(asked, *snapshot, context);
  return body.has_value() ? JsonResponse(*std::move(body), kRevalidate, tag)
                          : ReadFailure(body.error(), "suggest", &services_.observer);
}

Result<std::string> SuggestHandler::Body(const query::SuggestOutcome& asked,
                                         const index::Snapshot& snapshot,
                                         const http::HandlerContext& context) {
  const search::SearchContext search{snapshot,
                                     workers_[context.worker_index].search,
                                     services_.calendar.Today(),
                                     context.deadline,
                                     &workers_[context.worker_index].analyzer};
  CountedSets counted;
  for (size_t kind = 0; kind < suggest::kNameKindCount; ++kind) {
    KYUJIN_RETURN_IF_ERROR(
        counted.Add(static_cast<NameKind>(kind), asked.request, &services_.searcher, search));
  }
  KYUJIN_ASSIGN_OR_RETURN(
      const std::vector<suggest::Suggestion> suggestions,
      services_.suggester.Suggest(
          {asked.typed,
           asked.limit,
           [&](std::string_view words) { return CountWords(words, asked, search, context); }},
          snapshot,
          counted.views()));
  return Encode(suggestions);
}

Result<uint64_t> SuggestHandler::CountWords(std::string_view words,
                                            const query::SuggestOutcome& asked,
                                            const search::SearchContext& search,
                                            const http::HandlerContext& context) {
  query::ParameterPairs parameters = asked.filters;
  parameters.emplace_back("q", words);
  query::ParseOutcome parsed =
      query::ParseSearchParameters(parameters, &workers_[context.worker_index].analyzer);
  if (!parsed.has_request()) {
    return uint64_t{0};
  }
  parsed.request.limit = 0;
  KYUJIN_ASSIGN_OR_RETURN(const search::SearchResult result,
                          services_.searcher.Search(parsed.request, search));
  return result.total;
}

}  // namespace kyujin::api
