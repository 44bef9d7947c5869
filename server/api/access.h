// Access: who calls, and for whom. Reads the bearer token and Kyujin-User, asks the store, and
// either lets a handler run for one user (or the administrator) or refuses (API.md 7): 401 without
// a valid token, 403 for a role that may not.
#pragma once

#include <functional>
#include <string_view>
#include <variant>

#include "server/http/http_message.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"
#include "server/store/store.h"

namespace kyujin::api {

// A call that was let through. The references live until the handler returns.
struct ActorCall {
  const http::HttpRequest& request;
  const http::PathParameters& path;
  const http::HandlerContext& context;
  const store::Actor& actor;
};
using ActorHandler = std::function<http::HttpResponse(const ActorCall&)>;

// Holds references, all of which must outlive it. Asks the store on each call, so that a revoked
// token ends at once; so its handlers run on workers. Thread rule: **Thread-safe.**
class Access {
 public:
  Access(store::Store& store, http::HttpObserver& observer) : store_(store), observer_(observer) {}

  // Returns a handler that runs `handler` for the user of the token, or of Kyujin-User when a
  // service calls. The access must outlive it.
  [[nodiscard]] http::Handler ForUser(ActorHandler handler) const;
  // The same for administrators alone.
  [[nodiscard]] http::Handler ForAdmin(ActorHandler handler) const;

  // Who acts, or the refusal.
  [[nodiscard]] std::variant<store::Actor, http::HttpResponse> UserOf(
      const http::HttpRequest& request) const;
  [[nodiscard]] std::variant<store::Actor, http::HttpResponse> AdminOf(
      const http::HttpRequest& request) const;

 private:
  [[nodiscard]] std::variant<store::Token, http::HttpResponse> TokenOf(
      const http::HttpRequest& request) const;

  store::Store& store_;
  http::HttpObserver& observer_;
};

// Whether `id` may be the id of a user: 1 to 128 of the characters A–Z a–z 0–9 . _ : @ -.
bool IsUserId(std::string_view id);

}  // namespace kyujin::api
