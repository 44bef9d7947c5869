#include "server/api/request_body.h"

#include <algorithm>
#include <string>

#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"

namespace kyujin::api {
namespace {

constexpr JsonLimits kLimits{.max_depth = 4, .max_values = 20'000, .max_string_bytes = 1U << 16};

}  // namespace

http::HttpResponse MemberProblem(std::string_view member,
                                 std::string_view value,
                                 std::string_view reason) {
  return ParameterProblem({query::MakeParameterError(member, value, std::string(reason))});
}

std::optional<http::HttpResponse> RefuseForm(const http::HttpRequest& request) {
  if (auto refusal = RefuseParameters(request.query)) {
    return refusal;
  }
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  return std::nullopt;
}

std::variant<JsonValue, http::HttpResponse> ReadBody(const http::HttpRequest& request,
                                                     std::span<const std::string_view> members) {
  if (auto refusal = RefuseForm(request)) {
    return *std::move(refusal);
  }
  if (!SendsJson(request)) {
    return http::StatusProblem(415, "The body must be application/json.");
  }
  auto body = ParseJson(request.body, kLimits);
  if (!body.has_value()) {
    return ErrorResponse(body.error());
  }
  if (body->object() == nullptr) {
    return MemberProblem("", "", "the body is not a JSON object");
  }
  for (const auto& [name, value] : *body->object()) {
    if (std::find(members.begin(), members.end(), name) == members.end()) {
      return MemberProblem(name, "", "unknown member");
    }
  }
  return *std::move(body);
}

}  // namespace kyujin::api
