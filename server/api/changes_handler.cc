#include "server/api/changes_handler.h"

#include <optional>
#include <string>
#include <utility>

#include "engine/base/hash.h"
#include "engine/base/json.h"
#include "engine/index/change_feed.h"
#include "engine/schema/posting_number.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/api/page_parameters.h"
#include "server/http/problem.h"

namespace kyujin::api {

struct ChangesHandler::Parameters {
  std::optional<index::ChangePosition> since;
  size_t limit = 1'000;
};

namespace {

constexpr size_t kMaxChanges = 10'000;

std::string Encode(const index::ChangePage& page) {
  JsonWriter json;
  json.StartObject();
  json.Key("changes");
  json.StartArray();
  for (const index::ChangePage::Entry& entry : page.entries) {
    json.StartObject();
    json.Member("number", schema::PostingNumber::FromValue(entry.change.number).ToString());
    json.Member("op", index::ChangeOpName(entry.change.op));
    json.MemberUint("generation", entry.generation);
    json.Member("version", ToHex(entry.change.version));
    json.EndObject();
  }
  json.EndArray();
  json.Member("next", index::EncodeChangePosition(page.next));
  json.MemberBool("more", page.has_more);
  json.EndObject();
  return std::string(json.view());
}

}  // namespace

void ChangesHandler::AddRoutes(http::Router* router) const {
  router->Add("GET",
              "/v1/changes",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& /*context*/) { return Get(request); });
}

http::HttpResponse ChangesHandler::Get(const http::HttpRequest& request) const {
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  Parameters parameters;
  const auto take_since = [&parameters](const std::string& value) {
    const auto position = index::DecodeChangePosition(value);
    if (!position.has_value()) {
      return position.error().message;
    }
    parameters.since = *position;
    return std::string();
  };
  if (auto refusal =
          ReadPageParameters(request.query, kMaxChanges, take_since, &parameters.limit)) {
    return *std::move(refusal);
  }
  return Answer(parameters);
}

http::HttpResponse ChangesHandler::Answer(const Parameters& parameters) const {
  const auto snapshot = snapshots_.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  if (!parameters.since) {
    return JsonResponse(Encode({{}, index::NowOf(*snapshot), false}), kNoStore);
  }
  const auto page = index::ReadChanges(*snapshot, *parameters.since, parameters.limit);
  if (page.has_value()) {
    return JsonResponse(Encode(*page), kNoStore);
  }
  if (page.error().code == ErrorCode::kGone) {
    return ErrorResponse({ErrorCode::kGone,
                          page.error().message +
                              "; start afresh: take a token from GET /v1/changes without since, "
                              "then read all postings you keep again by GET /v1/jobs"});
  }
  return ReadFailure(page.error(), "changes", &observer_);
}

}  // namespace kyujin::api
