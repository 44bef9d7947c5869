#include "server/api/person_handler.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "engine/base/hash.h"
#include "engine/schema/posting_members.h"
#include "engine/schema/posting_number.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/api/request_body.h"
#include "server/api/saved_query_codec.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

constexpr std::string_view kMe = "/v1/me";
constexpr int64_t kHoursPerDay = 24;
// The oldest kept ones that an export has; older ones are forgotten before there are so many.
constexpr size_t kExportedAlerts = 10'000;
constexpr size_t kAuditPage = 1'000;

void WriteTokens(const std::vector<store::Token>& tokens, JsonWriter* json) {
  json->Key("tokens");
  json->StartArray();
  for (const store::Token& token : tokens) {
    json->StartObject();
    json->Member("id", std::to_string(token.id));
    json->Member("created", FormatTimeInJapan(token.created));
    if (token.revoked) {
      json->Member("revoked", FormatTimeInJapan(*token.revoked));
    }
    json->EndObject();
  }
  json->EndArray();
}

void WriteKept(const store::Favourite& kept, JsonWriter* json) {
  json->StartObject();
  json->Member("number", schema::PostingNumber::FromValue(kept.number).ToString());
  json->Member("version", ToHex(kept.version));
  json->Member("kept", FormatTimeInJapan(kept.kept));
  json->Member("title", kept.title);
  json->Member("employer", kept.employer);
  if (!kept.wage_type.empty()) {
    json->Member("wage_type", kept.wage_type);
  }
  schema::WriteOptional("wage_min", kept.wage_min, json);
  schema::WriteOptional("wage_max", kept.wage_max, json);
  if (kept.deadline) {
    json->Member("deadline", kept.deadline->ToString());
  }
  json->EndObject();
}

void WriteAlert(const store::Alert& alert, JsonWriter* json) {
  json->StartObject();
  json->Member("saved_query", std::to_string(alert.position.saved_query));
  json->Member("at", FormatTimeInJapan(alert.at));
  json->MemberUint("generation", alert.generation);
  if (alert.posting) {
    json->Member("number", schema::PostingNumber::FromValue(alert.posting->number).ToString());
    json->Member("version", ToHex(alert.posting->version));
  } else {
    json->MemberUint("count", alert.count);
  }
  json->EndObject();
}

std::string Written(const store::UserData& everything, const store::AlertPage& alerts) {
  JsonWriter json;
  json.StartObject();
  json.MemberUint("daily_hour", everything.settings.daily_hour);
  WriteTokens(everything.tokens, &json);
  json.Key("saved_queries");
  json.StartArray();
  for (const store::SavedQuery& saved : everything.saved_queries) {
    WriteSavedQuery(saved, {}, nullptr, &json);
  }
  json.EndArray();
  json.Key("favourites");
  json.StartArray();
  for (const store::Favourite& kept : everything.favourites) {
    WriteKept(kept, &json);
  }
  json.EndArray();
  json.Key("alerts");
  json.StartArray();
  for (const store::Alert& alert : alerts.alerts) {
    WriteAlert(alert, &json);
  }
  json.EndArray();
  json.EndObject();
  return std::string(json.view());
}

struct AuditParameters {
  int64_t after = 0;
  int64_t limit = kAuditPage;
};

std::variant<AuditParameters, http::HttpResponse> ReadAuditParameters(std::string_view raw) {
  const auto pairs = http::ParseQuery(raw);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  AuditParameters read;
  for (const auto& [name, value] : *pairs) {
    if (name != "after" && name != "limit") {
      return MemberProblem(name, value, "unknown parameter");
    }
    int64_t* number = name == "after" ? &read.after : &read.limit;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *number);
    const bool is_number = error == std::errc() && end == value.data() + value.size();
    if (!is_number || *number < 0 || (number == &read.limit && *number > int64_t{kAuditPage})) {
      return MemberProblem(name, value, "not a number from 0 (limit: to 1000)");
    }
  }
  return read;
}

}  // namespace

void PersonHandler::AddRoutes(http::Router* router) const {
  const Access& access = services_.access;
  router->Add("GET", kMe, access.ForUser([this](const ActorCall& call) { return Export(call); }));
  router->Add("PATCH", kMe, access.ForUser([this](const ActorCall& call) { return Change(call); }));
  router->Add(
      "DELETE", kMe, access.ForUser([this](const ActorCall& call) { return Delete(call); }));
  router->Add("GET", "/v1/admin/audit", access.ForAdmin([this](const ActorCall& call) {
    return Audit(call);
  }));
}

http::HttpResponse PersonHandler::Export(const ActorCall& call) const {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const auto everything = services_.store.ExportUser(call.actor);
  if (!everything.has_value()) {
    return StoreFailure(everything.error(), "export", &services_.observer);
  }
  const auto alerts = services_.store.Alerts(call.actor.user, {}, kExportedAlerts);
  if (!alerts.has_value()) {
    return StoreFailure(alerts.error(), "export", &services_.observer);
  }
  return JsonResponse(Written(*everything, *alerts), kNoStore);
}

http::HttpResponse PersonHandler::Change(const ActorCall& call) const {
  constexpr std::array<std::string_view, 1> kMembers = {"daily_hour"};
  auto read = ReadBody(call.request, kMembers);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  const JsonValue* hour = std::get<JsonValue>(read).Find("daily_hour");
  const int64_t* value = hour != nullptr ? hour->integer() : nullptr;
  if (value == nullptr || *value < 0 || *value >= kHoursPerDay) {
    return MemberProblem("daily_hour", "", "not an hour from 0 to 23");
  }
  const store::UserSettings settings{static_cast<uint32_t>(*value)};
  const Status changed = services_.store.ChangeSettings(call.actor.user, settings);
  if (!changed.has_value()) {
    return StoreFailure(changed.error(), "change settings", &services_.observer);
  }
  JsonWriter json;
  json.StartObject();
  json.MemberUint("daily_hour", settings.daily_hour);
  json.EndObject();
  return JsonResponse(std::string(json.view()), kNoStore);
}

http::HttpResponse PersonHandler::Delete(const ActorCall& call) const {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const Status deleted = services_.store.DeleteUser(call.actor);
  if (!deleted.has_value()) {
    return StoreFailure(deleted.error(), "delete a user", &services_.observer);
  }
  return NoContent();
}

http::HttpResponse PersonHandler::Audit(const ActorCall& call) const {
  auto read = ReadAuditParameters(call.request.query);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  const auto [after, limit] = std::get<AuditParameters>(read);
  const auto entries = services_.store.Audit(after, static_cast<size_t>(limit));
  if (!entries.has_value()) {
    return StoreFailure(entries.error(), "read the audit log", &services_.observer);
  }
  JsonWriter json;
  json.StartObject();
  json.Key("audit");
  json.StartArray();
  for (const store::AuditEntry& entry : *entries) {
    json.StartObject();
    json.MemberInt("id", entry.id);
    json.Member("at", FormatTimeInJapan(entry.at));
    json.MemberInt("token", entry.token);
    json.Member("action", entry.action);
    if (entry.object != 0) {
      json.MemberInt("object", entry.object);
    }
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return JsonResponse(std::string(json.view()), kNoStore);
}

}  // namespace kyujin::api
