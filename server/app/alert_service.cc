#include "server/app/alert_service.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "server/app/parallel_tasks.h"

namespace kyujin::app {
namespace {

// How late a new generation or an alert that another server recorded may be seen.
constexpr std::chrono::milliseconds kLook{100};
constexpr std::chrono::milliseconds kRetry{1'000};
// A publication is matched on at most so many threads: searches go on beside it.
constexpr size_t kMaxThreads = 2;
constexpr std::chrono::hours kKeptAlerts{24 * 90};
constexpr std::chrono::hours kForgetEvery{1};

size_t Threads() {
  return std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMaxThreads);
}

}  // namespace

AlertService::AlertService(const AlertServices& services,
                           std::shared_ptr<const text::AnalyzerModel> model)
    : services_(services),
      percolator_(std::move(model)),
      hub_(services.store, services.clock),
      worker_(services.store, percolator_, *this, {Threads(), RunParallel}) {}

AlertService::~AlertService() {
  Stop();
}

void AlertService::Start() {
  percolate_ = std::thread([this] { Percolate(); });
  deliver_ = std::thread([this] { Deliver(); });
}

void AlertService::Stop() {
  {
    const MutexLock lock(mutex_);
    is_stopped_ = true;
  }
  changed_.NotifyAll();
  for (std::thread* thread : {&percolate_, &deliver_}) {
    if (thread->joinable()) {
      thread->join();
    }
  }
}

bool AlertService::Sleep(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  const MutexLock lock(mutex_);
  while (!is_stopped_ && changed_.WaitUntil(mutex_, until)) {
  }
  return !is_stopped_;
}

void AlertService::Warn(std::string_view what, const Error& error) {
  services_.log.Warn(what, {{"reason", error.message}});
}

void AlertService::Percolate() {
  Progress progress;
  do {
    progress.has_failed = true;
    try {
      PercolateOnce(&progress);
    } catch (const std::exception& error) {
      Warn("alerts_failed", Internal(error.what()));
    }
  } while (Sleep(progress.has_failed ? kRetry : kLook));
}

void AlertService::PercolateOnce(Progress* progress) {
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return;
  }
  if (!progress->is_loaded) {
    if (const Status status = worker_.Load(*snapshot); !status.has_value()) {
      Warn("alerts_not_loaded", status.error());
      return;
    }
    progress->is_loaded = true;
    const std::string queries = std::to_string(percolator_.size());
    services_.log.Info("percolator_loaded", {{"queries", queries}});
  }
  if (snapshot->index_id() != progress->index_id ||
      snapshot->generation() != progress->generation) {
    if (const Status status = worker_.CatchUp(*snapshot); !status.has_value()) {
      Warn("alerts_not_recorded", status.error());
      return;
    }
    progress->index_id = snapshot->index_id();
    progress->generation = snapshot->generation();
  }
  progress->has_failed = false;
  ForgetOld();
}

void AlertService::ForgetOld() {
  const store::Time now = services_.clock.Now();
  if (now - forgot_ < kForgetEvery) {
    return;
  }
  const auto has_more_alerts = services_.store.ForgetAlerts(now - kKeptAlerts);
  if (!has_more_alerts.has_value()) {
    Warn("alerts_not_forgotten", has_more_alerts.error());
  }
  const auto has_more_audit = services_.store.ForgetAudit(now - services_.audit_kept);
  if (!has_more_audit.has_value()) {
    Warn("audit_not_forgotten", has_more_audit.error());
  }
  // What failed is tried again in an hour; what remains, at once.
  if ((!has_more_alerts.has_value() || !*has_more_alerts) &&
      (!has_more_audit.has_value() || !*has_more_audit)) {
    forgot_ = now;
  }
}

void AlertService::Deliver() {
  bool has_failed = false;
  do {
    try {
      const Status status = hub_.Poll();
      if (!status.has_value() && !has_failed) {
        Warn("alerts_not_delivered", status.error());
      }
      has_failed = !status.has_value();
    } catch (const std::exception& error) {
      Warn("alerts_not_delivered", Internal(error.what()));
    }
  } while (Sleep(has_failed ? kRetry : kLook));
}

void AlertService::OnRecorded(const alerts::RecordedGeneration& recorded) {
  const std::string generation = std::to_string(recorded.generation);
  const std::string postings = std::to_string(recorded.postings);
  const std::string queries = std::to_string(recorded.queries);
  const std::string matches = std::to_string(recorded.matches);
  const std::string took = std::to_string(recorded.took.count());
  services_.log.Info("alerts_recorded",
                     {{"generation", generation},
                      {"postings", postings},
                      {"queries", queries},
                      {"matches", matches},
                      {"took_ms", took}});
}

void AlertService::OnUnreadableQuery(int64_t id, std::string_view reason) {
  const std::string number = std::to_string(id);
  services_.log.Warn("saved_query_unreadable", {{"canonical_id", number}, {"reason", reason}});
}

void AlertService::OnLostChanges(uint64_t generation) {
  const std::string number = std::to_string(generation);
  services_.log.Warn("alerts_lost", {{"up_to_generation", number}});
}

}  // namespace kyujin::app
