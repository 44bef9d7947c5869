// GenerationWatcher: sees that a new generation was published, opens it off to the side and swaps
// it in. What cannot be opened leaves the old one in service.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "server/app/directory_watch.h"
#include "server/app/server_log.h"

namespace kyujin::app {

struct GenerationWatcherOptions {
  std::filesystem::path directory;
  std::string analyzer_version;
  // Called with a snapshot before requests get it, so that the first of them does not wait.
  std::function<void(const index::Snapshot&)> warm;
};

// Holds references to `snapshots` and `log`, which must outlive it. Thread rule: **Thread-safe**
// from Start() on.
class GenerationWatcher {
 public:
  GenerationWatcher(GenerationWatcherOptions options,
                    index::SnapshotHolder& snapshots,
                    ServerLog& log);
  // Stops.
  ~GenerationWatcher();
  GenerationWatcher(const GenerationWatcher&) = delete;
  GenerationWatcher& operator=(const GenerationWatcher&) = delete;
  GenerationWatcher(GenerationWatcher&&) = delete;
  GenerationWatcher& operator=(GenerationWatcher&&) = delete;

  // Opens what CURRENT names and swaps it in; when that is broken and nothing is in service yet,
  // the newest generation that is not. Errors: those of Snapshot::Open. Requires: before Start().
  Status Load();

  // Starts the thread that looks for new generations. Requires: called once, after a successful
  // Load.
  void Start();
  // Looks now, also at a generation that could not be opened before (SIGHUP).
  void Reload();
  // Ends the thread. Idempotent. Requires: not called by two threads at once.
  void Stop();

 private:
  Result<std::shared_ptr<const index::Snapshot>> Open(const index::Snapshot* old);
  void Watch();

  const GenerationWatcherOptions options_;
  index::SnapshotHolder& snapshots_;
  ServerLog& log_;
  DirectoryWatch watch_;
  std::atomic<bool> is_stopped_ = false;
  std::atomic<bool> is_asked_ = false;
  std::string seen_;  // what CURRENT said when last loaded; of the thread that loads
  std::thread thread_;
};

}  // namespace kyujin::app
