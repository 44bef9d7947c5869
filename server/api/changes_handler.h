// GET /v1/changes: what was added, updated and removed since a token (API.md 6).
#pragma once

#include <string_view>

#include "engine/index/snapshot.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::api {

// Holds references, all of which must outlive it. Thread rule: **Thread-safe.**
class ChangesHandler {
 public:
  ChangesHandler(const index::SnapshotHolder& snapshots, http::HttpObserver& observer)
      : snapshots_(snapshots), observer_(observer) {}

  // Adds its route. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

  // Without `since`: no changes, and the token of now. 400 for what is no token or no limit from 1
  // to 10,000, 410 for a token that is too old or of another index.
  [[nodiscard]] http::HttpResponse Get(const http::HttpRequest& request) const;

 private:
  struct Parameters;
  [[nodiscard]] http::HttpResponse Answer(const Parameters& parameters) const;

  const index::SnapshotHolder& snapshots_;
  http::HttpObserver& observer_;
};

}  // namespace kyujin::api
