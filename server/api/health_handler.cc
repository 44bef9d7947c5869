#include "server/api/health_handler.h"

#include <string>

#include "engine/base/json.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"

namespace kyujin::api {

void HealthHandler::AddRoutes(http::Router* router) const {
  const http::RouteOptions options{.run_on = http::RunOn::kIoThread};
  router->Add(
      "GET",
      "/healthz",
      [](const http::HttpRequest& /*request*/,
         const http::PathParameters& /*path*/,
         const http::HandlerContext& /*context*/) { return Health(); },
      options);
  router->Add(
      "GET",
      "/readyz",
      [this](const http::HttpRequest& /*request*/,
             const http::PathParameters& /*path*/,
             const http::HandlerContext& /*context*/) { return Ready(); },
      options);
}

http::HttpResponse HealthHandler::Health() {
  return JsonResponse(R"({"status":"ok"})", kNoStore);
}

http::HttpResponse HealthHandler::Ready() const {
  const auto snapshot = snapshots_.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  JsonWriter json;
  json.StartObject();
  json.Member("status", "ready");
  json.MemberUint("generation", snapshot->generation());
  json.Member("index_as_of", snapshot->as_of());
  json.EndObject();
  return JsonResponse(std::string(json.view()), kNoStore);
}

}  // namespace kyujin::api
