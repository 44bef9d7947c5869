// App: the composition root of kyujin-server. Builds everything top to bottom, serves until told to
// stop.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/index/removed_postings.h"
#include "engine/index/snapshot.h"
#include "engine/search/searcher.h"
#include "engine/suggest/suggester.h"
#include "server/api/access.h"
#include "server/api/alerts_handler.h"
#include "server/api/calendar.h"
#include "server/api/changes_handler.h"
#include "server/api/codes_handler.h"
#include "server/api/favourite_handler.h"
#include "server/api/health_handler.h"
#include "server/api/job_handler.h"
#include "server/api/person_handler.h"
#include "server/api/saved_query_handler.h"
#include "server/api/search_handler.h"
#include "server/api/suggest_handler.h"
#include "server/app/alert_service.h"
#include "server/app/cache_warmer.h"
#include "server/app/generation_watcher.h"
#include "server/app/server_config.h"
#include "server/app/server_log.h"
#include "server/app/server_metrics.h"
#include "server/http/http_server.h"
#include "server/store/store.h"

namespace kyujin::app {

// Thread rule: **Confined to one thread**; its parts have their own.
class App {
 public:
  // Opens the port and the index, but serves nobody yet. Errors: whatever keeps the server from
  // starting, with the way out: no index or one of another version, no dictionary, a port in use.
  static Result<std::unique_ptr<App>> Create(const ServerConfig& config);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;
  App(App&&) = delete;
  App& operator=(App&&) = delete;

  // The address in use, e.g. "127.0.0.1:8080".
  [[nodiscard]] std::string address() const;

  // Method and pattern of every route it serves.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& routes() const {
    return routes_;
  }

  // Serves and returns.
  void Start();
  // Looks for a new generation now.
  void Reload();
  // Stops accepting, lets running requests end (at most 10 s) and ends all threads.
  void Stop();

 private:
  // What must be there before anything else is built.
  struct Foundation {
    std::shared_ptr<const text::AnalyzerModel> model;
    std::unique_ptr<const Clock> clock;
    std::unique_ptr<store::Store> store;  // asks the clock
  };

  App(const ServerConfig& config, Foundation foundation);

  // What a new snapshot needs before requests get it.
  void Warm(const index::Snapshot& snapshot);
  http::Router MakeRouter();
  [[nodiscard]] api::PeopleServices People(const ServerConfig& config);

  ServerLog log_;
  Foundation foundation_;
  api::Calendar calendar_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  ServerMetrics metrics_;  // what the HTTP server and the handlers report to
  index::RemovedPostings removed_;
  suggest::Suggester suggester_;
  GenerationWatcher watcher_;
  CacheWarmer warmer_;
  size_t worker_threads_;
  api::SearchWorkers search_workers_;
  api::SearchHandler search_handler_;
  api::SuggestHandler suggest_handler_;
  api::JobHandler job_handler_;
  api::ChangesHandler changes_handler_;
  api::CodesHandler codes_handler_;
  api::HealthHandler health_handler_;
  api::Access access_;
  AlertService alerts_;
  api::AlertsHandler alerts_handler_;
  api::SavedQueryHandler saved_query_handler_;
  api::FavouriteHandler favourite_handler_;
  api::PersonHandler person_handler_;
  std::vector<std::pair<std::string, std::string>> routes_;
  std::unique_ptr<http::HttpServer> server_;  // last: its threads use all of the above
};

}  // namespace kyujin::app
