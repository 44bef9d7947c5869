#include "server/api/changes_handler.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/json.h"
#include "engine/index/change_feed.h"
#include "engine/query/parameter_error.h"
#include "engine/schema/posting_number.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::api {

struct ChangesHandler::Parameters {
  std::optional<index::ChangePosition> since;
  size_t limit = 1'000;
};

namespace {

constexpr size_t kMaxChanges = 10'000;

// What is wrong with one pair; empty when it was taken.
std::string TakeParameter(std::string_view name,
                          const std::string& value,
                          std::optional<index::ChangePosition>* since,
                          size_t* limit) {
  if (name == "since") {
    const auto position = index::DecodeChangePosition(value);
    if (!position.has_value()) {
      return position.error().message;
    }
    *since = *position;
    return {};
  }
  if (name != "limit") {
    return "unknown parameter";
  }
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *limit);
  const bool is_number = error == std::errc() && end == value.data() + value.size();
  return is_number && *limit >= 1 && *limit <= kMaxChanges ? "" : "not a number from 1 to 10000";
}

std::vector<query::ParameterError> TakeParameters(const http::QueryPairs& pairs,
                                                  std::optional<index::ChangePosition>* since,
                                                  size_t* limit) {
  std::vector<query::ParameterError> errors;
  std::vector<std::string> seen;
  for (const auto& [name, value] : pairs) {
    const bool is_known = name == "since" || name == "limit";
    if (is_known && value.empty()) {
      continue;  // as if absent
    }
    std::string fault = TakeParameter(name, value, since, limit);
    if (is_known && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fault = "given twice";
    }
    seen.push_back(name);
    if (!fault.empty() && errors.size() < query::kMaxErrors) {
      errors.push_back(query::MakeParameterError(name, value, std::move(fault)));
    }
  }
  return errors;
}

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
  const auto pairs = http::ParseQuery(request.query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  Parameters parameters;
  const auto errors = TakeParameters(*pairs, &parameters.since, &parameters.limit);
  return errors.empty() ? Answer(parameters) : ParameterProblem(errors);
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
