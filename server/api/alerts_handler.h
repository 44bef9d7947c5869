// GET /v1/alerts and GET /v1/alerts/stream: a user's alerts by cursor, and as they come (API.md 7).
#pragma once

#include <optional>

#include "server/alerts/alert_hub.h"
#include "server/api/access.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"
#include "server/store/store.h"

namespace kyujin::api {

// Holds references, all of which must outlive it. Thread rule: **Thread-safe.**
class AlertsHandler {
 public:
  AlertsHandler(store::Store& store,
                alerts::AlertHub& hub,
                const Access& access,
                http::HttpObserver& observer)
      : store_(store), hub_(hub), access_(access), observer_(observer) {}

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

  // Without `since`: from the oldest kept. 400 for what is no cursor or no limit from 1 to 1,000.
  [[nodiscard]] http::HttpResponse Get(const ActorCall& call) const;
  // Begins after `Last-Event-ID`, else after `since`, else with the oldest kept.
  [[nodiscard]] http::HttpResponse Stream(const ActorCall& call) const;

 private:
  store::Store& store_;
  alerts::AlertHub& hub_;
  const Access& access_;
  http::HttpObserver& observer_;
};

}  // namespace kyujin::api
