// /v1/me: everything of one user in one call, to read, to set and to delete; and for administrators
// the audit log.
#pragma once

#include "server/api/people_services.h"

namespace kyujin::api {

// Thread rule: **Thread-safe.**
class PersonHandler {
 public:
  explicit PersonHandler(const PeopleServices& services) : services_(services) {}

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

 private:
  // GET /v1/me: all that the store has of the user.
  [[nodiscard]] http::HttpResponse Export(const ActorCall& call) const;
  // PATCH /v1/me {daily_hour}.
  [[nodiscard]] http::HttpResponse Change(const ActorCall& call) const;
  // DELETE /v1/me: the user's own tokens, too.
  [[nodiscard]] http::HttpResponse Delete(const ActorCall& call) const;
  // GET /v1/admin/audit?after=&limit=.
  [[nodiscard]] http::HttpResponse Audit(const ActorCall& call) const;

  PeopleServices services_;
};

}  // namespace kyujin::api
