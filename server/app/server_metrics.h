// ServerMetrics: what GET /metrics tells (API.md 8), in Prometheus' text form: requests and their
// times by route, failures, the generation in use, memory. Stands between server/http and the log:
// it counts what it hears and passes it on.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/index/snapshot.h"
#include "engine/search/searcher.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace prometheus {
template <typename T>
class Family;
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

namespace kyujin::app {

// Thread rule: **Thread-safe.** Holds references to its arguments, which outlive it.
class ServerMetrics final : public http::HttpObserver {
 public:
  ServerMetrics(http::HttpObserver& next,
                const index::SnapshotHolder& snapshots,
                const search::Searcher& searcher);
  ~ServerMetrics() override;
  ServerMetrics(const ServerMetrics&) = delete;
  ServerMetrics& operator=(const ServerMetrics&) = delete;
  ServerMetrics(ServerMetrics&&) = delete;
  ServerMetrics& operator=(ServerMetrics&&) = delete;

  // Labels are the route's pattern, the method and the status: never what a client sent.
  void OnRequest(const http::RequestRecord& record) override;
  void OnFailure(std::string_view where, std::string_view what) override;

  // Adds its route, on the I/O threads: it answers under overload. Must outlive the router.
  void AddRoutes(http::Router* router);
  // 403 unless the client is on this machine and no proxy speaks for another.
  [[nodiscard]] http::HttpResponse Get(const http::HttpRequest& request);
  // All values now.
  [[nodiscard]] std::string Text();

 private:
  http::HttpObserver& next_;
  const index::SnapshotHolder& snapshots_;
  const search::Searcher& searcher_;
  std::unique_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Counter& failures_;
  prometheus::Gauge& generation_;
  prometheus::Gauge& documents_;
  prometheus::Gauge& cache_bytes_;
  prometheus::Gauge& resident_bytes_;
};

}  // namespace kyujin::app
