#include "server/app/app.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "server/store/open_store.h"

namespace kyujin::app {
namespace {

size_t WorkerThreads(const ServerConfig& config) {
  return config.worker_threads != 0 ? config.worker_threads
                                    : std::max<size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace

App::App(const ServerConfig& config, Foundation foundation)
    : log_(config.logs_requests),
      foundation_(std::move(foundation)),
      calendar_(*foundation_.clock, config.today),
      searcher_({.postings_cache_bytes = config.postings_cache_bytes}),
      metrics_(log_, snapshots_, searcher_),
      watcher_({.directory = config.index,
                .analyzer_version = std::string(foundation_.model->version()),
                .warm = [this](const index::Snapshot& snapshot) { Warm(snapshot); }},
               snapshots_,
               log_),
      warmer_(
          {.file = config.cache_file}, {snapshots_, searcher_, calendar_, log_}, foundation_.model),
      worker_threads_(WorkerThreads(config)),
      search_workers_(foundation_.model, worker_threads_),
      search_handler_({snapshots_, searcher_, calendar_, metrics_, config.result_cache_bytes},
                      search_workers_),
      suggest_handler_({snapshots_, searcher_, suggester_, calendar_, metrics_}, search_workers_),
      job_handler_(snapshots_, calendar_, metrics_, &removed_),
      changes_handler_(snapshots_, metrics_),
      health_handler_(snapshots_),
      access_(*foundation_.store, metrics_),
      alerts_({snapshots_,
               *foundation_.store,
               *foundation_.clock,
               log_,
               std::chrono::days(config.audit_days)},
              foundation_.model),
      alerts_handler_(*foundation_.store, alerts_.hub(), access_, metrics_),
      saved_query_handler_({*foundation_.store,
                            access_,
                            snapshots_,
                            searcher_,
                            search_handler_,
                            calendar_,
                            metrics_,
                            config.max_saved_queries},
                           search_workers_),
      favourite_handler_(People(config)),
      person_handler_(People(config)) {}

api::PeopleServices App::People(const ServerConfig& config) {
  return {*foundation_.store,
          access_,
          snapshots_,
          removed_,
          calendar_,
          metrics_,
          config.max_favourites};
}

App::~App() {
  Stop();
}

Result<std::unique_ptr<App>> App::Create(const ServerConfig& config) {
  Foundation foundation;
  KYUJIN_ASSIGN_OR_RETURN(foundation.model, text::AnalyzerModel::Load());
  foundation.clock = std::make_unique<SystemClock>();
  KYUJIN_ASSIGN_OR_RETURN(
      foundation.store,
      store::OpenStore(config.store, *foundation.clock, store::StoreCheck::kQuick));
  std::unique_ptr<App> app(new App(config, std::move(foundation)));
  http::HttpLimits limits;
  limits.worker_threads = app->worker_threads_;
  KYUJIN_ASSIGN_OR_RETURN(
      app->server_,
      http::HttpServer::Listen(config.listen, app->MakeRouter(), limits, app->metrics_));
  KYUJIN_RETURN_IF_ERROR(app->watcher_.Load());
  return app;
}

std::string App::address() const {
  return server_->address();
}

void App::Start() {
  watcher_.Start();
  server_->Start();
  warmer_.Start();
  alerts_.Start();
  log_.Info("listening", {{"address", server_->address()}});
}

void App::Reload() {
  watcher_.Reload();
}

void App::Stop() {
  if (server_ != nullptr) {
    server_->Stop();
  }
  watcher_.Stop();
  warmer_.Stop();
  alerts_.Stop();
}

void App::Warm(const index::Snapshot& snapshot) {
  if (const Status status = searcher_.Warm(snapshot, calendar_.Today()); !status.has_value()) {
    log_.Warn("warming_failed", {{"reason", status.error().message}});
  }
  suggester_.Warm(snapshot);
  // Without it the pages of postings that are gone say 404 instead of 410: no reason to stop.
  if (const Status status = removed_.Follow(snapshot); !status.has_value()) {
    log_.Warn("changes_unreadable", {{"reason", status.error().message}});
  }
}

http::Router App::MakeRouter() {
  http::Router router;
  search_handler_.AddRoutes(&router);
  suggest_handler_.AddRoutes(&router);
  job_handler_.AddRoutes(&router);
  changes_handler_.AddRoutes(&router);
  codes_handler_.AddRoutes(&router);
  health_handler_.AddRoutes(&router);
  metrics_.AddRoutes(&router);
  alerts_handler_.AddRoutes(&router);
  saved_query_handler_.AddRoutes(&router);
  favourite_handler_.AddRoutes(&router);
  person_handler_.AddRoutes(&router);
  routes_ = router.List();
  return router;
}

}  // namespace kyujin::app
