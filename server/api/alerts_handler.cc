#include "server/api/alerts_handler.h"

#include <string>
#include <utility>

#include "engine/query/parameter_error.h"
#include "server/alerts/alert_codec.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/api/page_parameters.h"
#include "server/http/problem.h"

namespace kyujin::api {
namespace {

constexpr size_t kDefaultAlerts = 100;
constexpr size_t kMaxAlerts = 1'000;
constexpr std::string_view kNoCursor = "not a cursor that /v1/alerts gave";

struct Parameters {
  store::AlertCursor since;
  size_t limit = kDefaultAlerts;
};

// Returns the refusal, or nothing when `*parameters` has what was sent.
std::optional<http::HttpResponse> Read(const http::HttpRequest& request, Parameters* parameters) {
  const auto take_since = [parameters](const std::string& value) {
    const auto cursor = alerts::DecodeCursor(value);
    if (!cursor) {
      return std::string(kNoCursor);
    }
    parameters->since = *cursor;
    return std::string();
  };
  return ReadPageParameters(request.query, kMaxAlerts, take_since, &parameters->limit);
}

}  // namespace

void AlertsHandler::AddRoutes(http::Router* router) const {
  router->Add(
      "GET", "/v1/alerts", access_.ForUser([this](const ActorCall& call) { return Get(call); }));
  router->Add("GET", "/v1/alerts/stream", access_.ForUser([this](const ActorCall& call) {
    return Stream(call);
  }));
}

http::HttpResponse AlertsHandler::Get(const ActorCall& call) const {
  if (!AcceptsJson(call.request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  Parameters parameters;
  if (auto refusal = Read(call.request, &parameters)) {
    return *std::move(refusal);
  }
  const auto page = store_.Alerts(call.actor.user, parameters.since, parameters.limit);
  return page.has_value() ? JsonResponse(alerts::EncodePage(*page), kNoStore)
                          : StoreFailure(page.error(), "alerts", &observer_);
}

http::HttpResponse AlertsHandler::Stream(const ActorCall& call) const {
  Parameters parameters;
  if (auto refusal = Read(call.request, &parameters)) {
    return *std::move(refusal);
  }
  if (const auto last = call.request.Header("Last-Event-ID"); last && !last->empty()) {
    const auto cursor = alerts::DecodeCursor(*last);
    if (!cursor) {
      return ParameterProblem(
          {query::MakeParameterError("Last-Event-ID", *last, std::string(kNoCursor))});
    }
    parameters.since = *cursor;
  }
  http::HttpResponse response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", kNoStore);
  // Proxies must not gather events.
  response.headers.emplace_back("X-Accel-Buffering", "no");
  response.stream = [this, user = call.actor.user, since = parameters.since](
                        const std::shared_ptr<http::EventStream>& stream) {
    hub_.Add(
        {user,
         since,
         [stream](std::shared_ptr<const std::string> bytes) { stream->Send(std::move(bytes)); },
         [stream] { return stream->is_open(); }});
  };
  return response;
}

}  // namespace kyujin::api
