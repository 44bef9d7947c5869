#include "server/api/access.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/api/error_response.h"
#include "server/http/problem.h"
#include "server/store/token_text.h"

namespace kyujin::api {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::string_view kUserHeader = "Kyujin-User";
constexpr size_t kMaxUserId = 128;
constexpr std::string_view kUserIdCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@-";

// Says the same of a token that never was, one that was revoked, and one of another form.
http::HttpResponse Unauthorized(std::string_view detail) {
  http::HttpResponse response = http::StatusProblem(401, detail);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"kyujin\"");
  return response;
}

http::Handler Guarded(
    std::function<std::variant<store::Actor, http::HttpResponse>(const http::HttpRequest&)> check,
    ActorHandler handler) {
  return [check = std::move(check), handler = std::move(handler)](
             const http::HttpRequest& request,
             const http::PathParameters& path,
             const http::HandlerContext& context) -> http::HttpResponse {
    auto checked = check(request);
    if (auto* refusal = std::get_if<http::HttpResponse>(&checked)) {
      return std::move(*refusal);
    }
    return handler({request, path, context, std::get<store::Actor>(checked)});
  };
}

}  // namespace

bool IsUserId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxUserId &&
         id.find_first_not_of(kUserIdCharacters) == std::string_view::npos;
}

http::Handler Access::ForUser(ActorHandler handler) const {
  return Guarded([this](const http::HttpRequest& request) { return UserOf(request); },
                 std::move(handler));
}

http::Handler Access::ForAdmin(ActorHandler handler) const {
  return Guarded([this](const http::HttpRequest& request) { return AdminOf(request); },
                 std::move(handler));
}

std::variant<store::Token, http::HttpResponse> Access::TokenOf(
    const http::HttpRequest& request) const {
  const auto header = request.Header("Authorization");
  if (!header || header->size() < kScheme.size() ||
      !http::EqualsIgnoreCase(header->substr(0, kScheme.size()), kScheme)) {
    return Unauthorized("Send Authorization: Bearer TOKEN.");
  }
  const std::string_view text = header->substr(kScheme.size());
  if (!store::IsTokenText(text)) {
    return Unauthorized("The token is not valid.");
  }
  auto token = store_.FindToken(store::DigestOf(text));
  if (!token.has_value()) {
    return StoreFailure(token.error(), "find a token", &observer_);
  }
  if (!*token) {
    return Unauthorized("The token is not valid.");
  }
  return **std::move(token);
}

std::variant<store::Actor, http::HttpResponse> Access::UserOf(
    const http::HttpRequest& request) const {
  auto found = TokenOf(request);
  if (auto* refusal = std::get_if<http::HttpResponse>(&found)) {
    return std::move(*refusal);
  }
  auto& token = std::get<store::Token>(found);
  const auto user = request.Header(kUserHeader);
  switch (token.role) {
    case store::Role::kUser:
      if (user && *user != token.user) {
        return http::StatusProblem(403, "Only a service token may act for another user.");
      }
      return store::Actor{std::move(token.user), token.id};
    case store::Role::kService:
      if (!user || !IsUserId(*user)) {
        return http::StatusProblem(400, "A service token needs Kyujin-User: the id of a user.");
      }
      return store::Actor{std::string(*user), token.id};
    case store::Role::kAdmin:
      break;
  }
  return http::StatusProblem(403, "An admin token does not act for users.");
}

std::variant<store::Actor, http::HttpResponse> Access::AdminOf(
    const http::HttpRequest& request) const {
  auto found = TokenOf(request);
  if (auto* refusal = std::get_if<http::HttpResponse>(&found)) {
    return std::move(*refusal);
  }
  auto& token = std::get<store::Token>(found);
  if (token.role != store::Role::kAdmin) {
    return http::StatusProblem(403, "Only an admin token may do this.");
  }
  return store::Actor{std::move(token.user), token.id};
}

}  // namespace kyujin::api
