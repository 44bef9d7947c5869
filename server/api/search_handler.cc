#include "server/api/search_handler.h"

#include <string>
#include <utility>

#include "engine/search/name_check.h"
#include "server/api/content_negotiation.h"
#include "server/api/did_you_mean.h"
#include "server/api/error_response.h"
#include "server/api/search_codec.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

// Lists of 10,000 numbers fit, and little more.
constexpr JsonLimits kBodyLimits{
    .max_depth = 4, .max_values = 20'000, .max_string_bytes = 1U << 20};

uint64_t MicrosecondsSince(std::chrono::steady_clock::time_point start) {
  const auto elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
}

}  // namespace

void SearchHandler::AddRoutes(http::Router* router) {
  router->Add("GET",
              "/v1/jobs",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& context) { return Get(request, context); });
  router->Add("POST",
              "/v1/jobs/search",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& context) { return Post(request, context); },
              {.max_body_bytes = kMaxBodyBytes});
}

http::HttpResponse SearchHandler::Get(const http::HttpRequest& request,
                                      const http::HandlerContext& context) {
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  const auto pairs = http::ParseQuery(request.query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  const query::ParseOutcome outcome =
      query::ParseSearchParameters(*pairs, &workers_[context.worker_index].analyzer);
  return outcome.has_request() ? Answer(outcome.request, &request, context)
                               : ParameterProblem(outcome.errors);
}

http::HttpResponse SearchHandler::Post(const http::HttpRequest& request,
                                       const http::HandlerContext& context) {
  if (auto refusal = RefuseParameters(request.query)) {
    return *std::move(refusal);
  }
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  if (!SendsJson(request)) {
    return http::StatusProblem(415, "The body must be application/json.");
  }
  const auto body = ParseJson(request.body, kBodyLimits);
  if (!body.has_value()) {
    return ErrorResponse(body.error());
  }
  const query::ParseOutcome outcome =
      query::ParseSearchJson(*body, &workers_[context.worker_index].analyzer);
  return outcome.has_request() ? Answer(outcome.request, nullptr, context)
                               : ParameterProblem(outcome.errors);
}

http::HttpResponse SearchHandler::Answer(const query::SearchRequest& search,
                                         const http::HttpRequest* conditional,
                                         const http::HandlerContext& context) {
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  if (search.cursor && search.cursor->index_id != snapshot->index_id()) {
    return ParameterProblem({query::MakeParameterError(
        "cursor", query::EncodeCursor(*search.cursor), "made for another index")});
  }
  if (const auto unknown = search::CheckNames(search, *snapshot); !unknown.empty()) {
    return ParameterProblem(unknown);
  }
  const Date today = services_.calendar.Today();
  const std::string key = AnswerKey(search, {snapshot->index_id(), snapshot->generation(), today});
  const std::string tag = WeakTag(key);
  if (conditional != nullptr && HasCurrent(*conditional, tag)) {
    return NotModified(tag, kRevalidate);
  }
  Result<std::string> body =
      Remembered(key, [&] { return Body(search, *snapshot, today, context); });
  if (!body.has_value()) {
    return ReadFailure(body.error(), "search", &services_.observer);
  }
  return conditional != nullptr ? JsonResponse(*std::move(body), kRevalidate, tag)
                                : JsonResponse(*std::move(body), kNoStore);
}

template <class Make>
Result<std::string> SearchHandler::Remembered(const std::string& key, Make&& make) {
  const auto started = std::chrono::steady_clock::now();
  if (std::optional<std::string> known = results_.Find(key, MicrosecondsSince(started))) {
    return *std::move(known);
  }
  Result<std::string> body = make();
  if (body.has_value()) {
    results_.Keep(key, *body);
  }
  return body;
}

Result<std::string> SearchHandler::Body(const query::SearchRequest& search,
                                        const index::Snapshot& snapshot,
                                        Date today,
                                        const http::HandlerContext& context) {
  const auto started = std::chrono::steady_clock::now();
  SearchAnswer answer;
  answer.generation = snapshot.generation();
  answer.index_as_of = snapshot.as_of();
  answer.today = today;
  SearchWorker& worker = workers_[context.worker_index];
  const search::SearchContext in{
      snapshot, worker.search, today, context.deadline, &worker.analyzer};
  KYUJIN_ASSIGN_OR_RETURN(answer.result, services_.searcher.Search(search, in));
  if (answer.result.total == 0 && search.words.has_scoring_words()) {
    KYUJIN_ASSIGN_OR_RETURN(answer.corrections, CorrectWords(search, &services_.searcher, in));
  }
  for (const search::Hit& hit : answer.result.hits) {
    // Marks are made in the whole texts.
    KYUJIN_ASSIGN_OR_RETURN(schema::JobPosting posting,
                            search.highlights ? snapshot.ReadPosting({hit.segment, hit.doc})
                                              : snapshot.ReadHit({hit.segment, hit.doc}));
    answer.postings.push_back(std::move(posting));
  }
  if (search.highlights) {
    HighlightHits(search, context, &answer);
  }
  return EncodeSearchAnswer(search, answer, [started] { return MicrosecondsSince(started); });
}

void SearchHandler::HighlightHits(const query::SearchRequest& search,
                                  const http::HandlerContext& context,
                                  SearchAnswer* answer) {
  const auto& expanded = answer->result.expanded_words;
  const query::WordQuery& words = expanded ? *expanded : search.words;
  search::Highlighter highlighter(words, &workers_[context.worker_index].analyzer);
  for (const schema::JobPosting& posting : answer->postings) {
    answer->highlights.push_back(highlighter.Highlight(posting));
  }
}

}  // namespace kyujin::api
