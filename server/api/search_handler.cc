#include "server/api/search_handler.h"

#include <string>
#include <utility>

#include "engine/search/name_check.h"
#include "server/api/content_negotiation.h"
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

SearchHandler::SearchHandler(const SearchServices& services,
                             const std::shared_ptr<const text::AnalyzerModel>& model,
                             size_t workers)
    : services_(services), results_(services.result_cache_bytes) {
  workers_.reserve(workers);
  for (size_t i = 0; i < workers; ++i) {
    workers_.push_back({text::Analyzer(model), {}});
  }
}

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
    return ErrorResponse(Unavailable("no index generation is loaded yet"));
  }
  if (search.cursor && search.cursor->index_id != snapshot->index_id()) {
    return ParameterProblem({query::MakeParameterError(
        "cursor", query::EncodeCursor(*search.cursor), "made for another index")});
  }
  if (auto unknown = search::CheckNames(search, *snapshot); !unknown.empty()) {
    return ParameterProblem(std::move(unknown));
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
    return SearchFailure(body.error());
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
  KYUJIN_ASSIGN_OR_RETURN(
      answer.result,
      services_.searcher.Search(
          search, {snapshot, workers_[context.worker_index].search, today, context.deadline}));
  for (const search::Hit& hit : answer.result.hits) {
    KYUJIN_ASSIGN_OR_RETURN(schema::JobPosting posting,
                            snapshot.ReadPosting({hit.segment, hit.doc}));
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
  search::Highlighter highlighter(search.words, &workers_[context.worker_index].analyzer);
  for (const schema::JobPosting& posting : answer->postings) {
    answer->highlights.push_back(highlighter.Highlight(posting));
  }
}

// The request is valid by now, so only running out of time is something a client should hear of; a
// file that is missing or broken is our fault, whatever it is called further down.
http::HttpResponse SearchHandler::SearchFailure(const Error& error) {
  if (error.code == ErrorCode::kDeadlineExceeded) {
    return ErrorResponse(error);
  }
  services_.observer.OnFailure("search", error.message);
  return ErrorResponse(Internal(error.message));
}

}  // namespace kyujin::api
