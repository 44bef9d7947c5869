#include "server/api/alerts_handler.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/parameter_error.h"
#include "server/alerts/alert_codec.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

constexpr size_t kDefaultAlerts = 100;
constexpr size_t kMaxAlerts = 1'000;
constexpr std::string_view kNoCursor = "not a cursor that /v1/alerts gave";

struct Parameters {
  store::AlertCursor since;
  size_t limit = kDefaultAlerts;
};

// What is wrong with one pair; empty when it was taken.
std::string_view Take(std::string_view name, const std::string& value, Parameters* parameters) {
  if (name == "since") {
    const auto cursor = alerts::DecodeCursor(value);
    parameters->since = cursor.value_or(store::AlertCursor());
    return cursor ? "" : kNoCursor;
  }
  if (name != "limit") {
    return "unknown parameter";
  }
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), parameters->limit);
  const bool is_number = error == std::errc() && end == value.data() + value.size();
  return is_number && parameters->limit >= 1 && parameters->limit <= kMaxAlerts
             ? ""
             : "not a number from 1 to 1000";
}

// Returns the refusal, or nothing when `*parameters` has what was sent.
std::optional<http::HttpResponse> Read(const http::HttpRequest& request, Parameters* parameters) {
  const auto pairs = http::ParseQuery(request.query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  std::vector<query::ParameterError> errors;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : *pairs) {
    const bool is_known = name == "since" || name == "limit";
    if (is_known && value.empty()) {
      continue;  // as if absent
    }
    std::string_view fault = Take(name, value, parameters);
    if (is_known && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fault = "given twice";
    }
    seen.push_back(name);
    if (!fault.empty() && errors.size() < query::kMaxErrors) {
      errors.push_back(query::MakeParameterError(name, value, std::string(fault)));
    }
  }
  return errors.empty() ? std::nullopt : std::optional(ParameterProblem(errors));
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
