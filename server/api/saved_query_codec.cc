#include "server/api/saved_query_codec.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/date.h"
#include "engine/schema/code_point.h"
#include "server/api/error_response.h"
#include "server/api/request_body.h"

namespace kyujin::api {
namespace {

constexpr size_t kMaxNameBytes = 400;
constexpr size_t kMaxNameCodePoints = 100;

// What is wrong with a name, or nothing.
std::string_view NameFault(std::string_view name) {
  const size_t code_points = schema::ToCodePoints(name.substr(0, kMaxNameBytes + 1)).size();
  if (name.find_first_not_of(" \xE3\x80\x80") == std::string_view::npos) {
    return "must not be empty";
  }
  if (name.size() > kMaxNameBytes || code_points > kMaxNameCodePoints) {
    return "longer than 100 characters";
  }
  const bool has_control = std::any_of(name.begin(), name.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20U || byte == 0x7F;
  });
  return has_control ? "has control characters" : "";
}

http::HttpResponse UnknownNotify(std::string_view value) {
  query::ParameterError error =
      query::MakeParameterError("notify", value, "not one of off, instant, daily");
  error.fault = query::ParameterFault::kUnknownValue;
  error.suggestions = {{"off", "通知しない"}, {"instant", "すぐに通知"}, {"daily", "1日1回"}};
  return ParameterProblem({std::move(error)});
}

void WriteUnknown(const std::vector<query::ParameterError>& unknown, JsonWriter* json) {
  json->Key("problem");
  json->StartObject();
  json->Member("title",
               "この検索条件には、いまは使えない項目があります。条件を選び直して保存してください");
  json->Key("errors");
  json->StartArray();
  for (const query::ParameterError& error : unknown) {
    json->StartObject();
    json->Member("parameter", error.parameter);
    json->Member("value", error.value);
    json->Member("reason", error.reason);
    json->EndObject();
  }
  json->EndArray();
  json->EndObject();
}

}  // namespace

void WriteSavedQuery(const store::SavedQuery& saved,
                     const std::vector<query::ParameterError>& unknown,
                     const SavedQueryCounts* counts,
                     JsonWriter* json) {
  json->StartObject();
  json->Member("id", std::to_string(saved.id));
  json->Member("name", saved.name);
  json->Member("query", saved.canonical);
  if (!saved.typed.empty()) {
    json->Member("q", saved.typed);
  }
  json->Member("notify", store::NotifyName(saved.notify));
  json->MemberBool("paused", saved.is_paused);
  json->MemberUint("seen_generation", saved.seen.generation);
  json->Member("created", FormatTimeInJapan(saved.created));
  if (counts != nullptr) {
    json->MemberUint("total", counts->total);
    const double per_day = static_cast<double>(counts->received) / kPreviewDays;
    json->MemberDouble("per_day", std::round(per_day * 10) / 10);
  }
  if (!unknown.empty()) {
    WriteUnknown(unknown, json);
  }
  json->EndObject();
}

std::variant<store::SavedQueryChange, http::HttpResponse> ReadSavedQueryMembers(
    const JsonValue& body) {
  store::SavedQueryChange change;
  if (const JsonValue* name = body.Find("name")) {
    if (name->string() == nullptr) {
      return MemberProblem("name", "", "not a JSON string");
    }
    if (const std::string_view fault = NameFault(*name->string()); !fault.empty()) {
      return MemberProblem("name", *name->string(), fault);
    }
    change.name = *name->string();
  }
  if (const JsonValue* notify = body.Find("notify")) {
    if (notify->string() == nullptr) {
      return MemberProblem("notify", "", "not a JSON string");
    }
    change.notify = store::NotifyOf(*notify->string());
    if (!change.notify) {
      return UnknownNotify(*notify->string());
    }
  }
  if (const JsonValue* paused = body.Find("paused")) {
    if (paused->boolean() == nullptr) {
      return MemberProblem("paused", "", "not true or false");
    }
    change.is_paused = *paused->boolean();
  }
  return change;
}

}  // namespace kyujin::api
