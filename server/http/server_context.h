// ServerContext: what listener, loops and sessions of one server share. Internal to server/http.
#pragma once

#include <atomic>
#include <cstddef>

#include "server/http/http_limits.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"
#include "server/http/worker_pool.h"

namespace kyujin::http {

// Thread rule: Thread-safe; router and limits do not change any more.
struct ServerContext {
  const Router router;
  const HttpLimits limits;
  HttpObserver& observer;
  WorkerPool pool;
  std::atomic<size_t> open_connections{0};
};

}  // namespace kyujin::http
