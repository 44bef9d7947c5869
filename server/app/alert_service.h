// AlertService: the thread of the alerts: loads the saved queries into the percolator, percolates
// each new generation, and sends listeners what was recorded, here or by another server.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "engine/index/snapshot.h"
#include "engine/percolator/percolator.h"
#include "engine/text/analyzer.h"
#include "server/alerts/alert_hub.h"
#include "server/alerts/alert_observer.h"
#include "server/alerts/alert_worker.h"
#include "server/app/server_log.h"
#include "server/store/store.h"

namespace kyujin::app {

// What it works on; all of it outlives the service.
struct AlertServices {
  const index::SnapshotHolder& snapshots;
  store::Store& store;
  const Clock& clock;
  ServerLog& log;
  std::chrono::hours audit_kept;  // older entries of the audit log are removed
};

// Thread rule: **Thread-safe** from Start() on.
class AlertService final : private alerts::AlertObserver {
 public:
  AlertService(const AlertServices& services, std::shared_ptr<const text::AnalyzerModel> model);
  // Stops.
  ~AlertService() override;
  AlertService(const AlertService&) = delete;
  AlertService& operator=(const AlertService&) = delete;
  AlertService(AlertService&&) = delete;
  AlertService& operator=(AlertService&&) = delete;

  [[nodiscard]] alerts::AlertHub& hub() { return hub_; }

  // Starts the threads. Requires: called once.
  void Start();
  // Ends them, after the posting or the page under way. Idempotent. Requires: not called by two
  // threads at once.
  void Stop();

 private:
  void Percolate();
  // How far the first thread has come.
  struct Progress {
    bool is_loaded = false;
    bool has_failed = false;
    uint64_t index_id = 0;
    uint64_t generation = 0;
  };
  void PercolateOnce(Progress* progress);
  void Deliver();
  // Once an hour, what is older than it is kept for.
  void ForgetOld();
  // Returns false when the service stops.
  bool Sleep(std::chrono::milliseconds time);
  void Warn(std::string_view what, const Error& error);

  void OnRecorded(const alerts::RecordedGeneration& recorded) override;
  void OnUnreadableQuery(int64_t id, std::string_view reason) override;
  void OnLostChanges(uint64_t generation) override;

  const AlertServices services_;
  percolator::Percolator percolator_;
  alerts::AlertHub hub_;
  alerts::AlertWorker worker_;  // of the first thread
  store::Time forgot_;          // of the first thread
  Mutex mutex_;
  ConditionVariable changed_;
  bool is_stopped_ KYUJIN_GUARDED_BY(mutex_) = false;
  std::thread percolate_;
  std::thread deliver_;
};

}  // namespace kyujin::app
