// GET /healthz (the process answers) and /readyz (a generation is loaded), API.md 8.
#pragma once

#include "engine/index/snapshot.h"
#include "server/http/router.h"

namespace kyujin::api {

// Holds a reference to the snapshots, which must outlive it. Thread rule: **Thread-safe.**
class HealthHandler {
 public:
  explicit HealthHandler(const index::SnapshotHolder& snapshots) : snapshots_(snapshots) {}

  // Adds its routes, on the I/O threads: they answer under overload. The handler must outlive the
  // router.
  void AddRoutes(http::Router* router) const;

  [[nodiscard]] static http::HttpResponse Health();
  // 503 until the first generation is loaded.
  [[nodiscard]] http::HttpResponse Ready() const;

 private:
  const index::SnapshotHolder& snapshots_;
};

}  // namespace kyujin::api
