#include "server/api/codes_handler.h"

#include <utility>

#include "engine/base/json.h"
#include "engine/schema/code_table.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"

namespace kyujin::api {
namespace {

// Codes change with a release only.
constexpr std::string_view kCacheControl = "public, max-age=3600";

std::string ListBody() {
  JsonWriter json;
  json.StartObject();
  json.Key("tables");
  json.StartArray();
  for (const schema::CodeTable& table : schema::CodeTables()) {
    json.String(table.name);
  }
  json.EndArray();
  json.Key("labels");
  json.StartObject();
  for (const schema::CodeTable& table : schema::CodeTables()) {
    json.Member(table.name, table.label);
  }
  json.EndObject();
  json.EndObject();
  return std::string(json.view());
}

std::string TableBody(const schema::CodeTable& table) {
  JsonWriter json;
  json.StartObject();
  json.Member("table", table.name);
  json.Member("label", table.label);
  json.Key("codes");
  json.StartArray();
  for (const schema::Code& code : table.codes) {
    json.StartObject();
    json.Member("code", code.code);
    json.Member("label", code.label);
    if (!code.parent.empty()) {
      json.Member("parent", code.parent);
    }
    if (!code.reading.empty()) {
      json.Member("reading", code.reading);
    }
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return std::string(json.view());
}

}  // namespace

CodesHandler::CodesHandler() {
  list_.body = ListBody();
  list_.tag = WeakTag(list_.body);
  for (const schema::CodeTable& table : schema::CodeTables()) {
    Answer answer;
    answer.body = TableBody(table);
    answer.tag = WeakTag(answer.body);
    tables_.emplace(table.name, std::move(answer));
  }
}

void CodesHandler::AddRoutes(http::Router* router) const {
  router->Add("GET",
              "/v1/codes",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& /*path*/,
                     const http::HandlerContext& /*context*/) { return List(request); });
  router->Add("GET",
              "/v1/codes/{table}",
              [this](const http::HttpRequest& request,
                     const http::PathParameters& path,
                     const http::HandlerContext& /*context*/) {
                return Table(request, path.Get("table"));
              });
}

http::HttpResponse CodesHandler::List(const http::HttpRequest& request) const {
  return Send(request, list_);
}

http::HttpResponse CodesHandler::Table(const http::HttpRequest& request,
                                       std::string_view table) const {
  const auto found = tables_.find(table);
  if (found == tables_.end()) {
    return ErrorResponse(NotFound("no such table; GET /v1/codes lists them"));
  }
  return Send(request, found->second);
}

http::HttpResponse CodesHandler::Send(const http::HttpRequest& request, const Answer& answer) {
  if (auto refusal = RefuseParameters(request.query)) {
    return *std::move(refusal);
  }
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  if (HasCurrent(request, answer.tag)) {
    return NotModified(answer.tag, kCacheControl);
  }
  return JsonResponse(answer.body, kCacheControl, answer.tag);
}

}  // namespace kyujin::api
