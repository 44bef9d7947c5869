#include "server/app/generation_watcher.h"

#include <exception>
#include <memory>
#include <utility>

namespace kyujin::app {

GenerationWatcher::GenerationWatcher(GenerationWatcherOptions options,
                                     index::SnapshotHolder& snapshots,
                                     ServerLog& log)
    : options_(std::move(options)), snapshots_(snapshots), log_(log), watch_(options_.directory) {}

GenerationWatcher::~GenerationWatcher() {
  Stop();
}

Status GenerationWatcher::Load() {
  // Read first: when a newer generation appears meanwhile, the next look sees a name it has not
  // seen.
  const Result<std::string> current = index::ReadCurrent(options_.directory);
  seen_ = current.has_value() ? *current : "";
  const auto old = snapshots_.Get();
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const index::Snapshot> snapshot, Open(old.get()));
  if (old != nullptr && old->index_id() == snapshot->index_id() &&
      old->generation() == snapshot->generation()) {
    return {};
  }
  options_.warm(*snapshot);
  const std::string generation = std::to_string(snapshot->generation());
  const std::string documents = std::to_string(snapshot->documents());
  log_.Info(
      "generation_loaded",
      {{"generation", generation}, {"documents", documents}, {"index_as_of", snapshot->as_of()}});
  snapshots_.Set(std::move(snapshot));
  return {};
}

Result<std::shared_ptr<const index::Snapshot>> GenerationWatcher::Open(const index::Snapshot* old) {
  auto snapshot = index::Snapshot::Open(options_.directory, options_.analyzer_version, old);
  // With nothing in service yet, the generation before a broken one is better than none.
  if (snapshot.has_value() || old != nullptr || snapshot.error().code != ErrorCode::kCorruption) {
    return snapshot;
  }
  auto older = index::Snapshot::OpenOlder(options_.directory, options_.analyzer_version);
  if (!older.has_value()) {
    return snapshot;
  }
  log_.Warn("generation_degraded", {{"reason", snapshot.error().message}});
  return older;
}

void GenerationWatcher::Start() {
  thread_ = std::thread([this] { Watch(); });
}

void GenerationWatcher::Reload() {
  is_asked_ = true;
  watch_.Wake();
}

void GenerationWatcher::Stop() {
  is_stopped_ = true;
  watch_.Wake();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void GenerationWatcher::Watch() {
  while (!is_stopped_) {
    watch_.Wait();
    const Result<std::string> current = index::ReadCurrent(options_.directory);
    const bool is_new = current.has_value() && *current != seen_;
    if (is_stopped_ || !(is_asked_.exchange(false) || is_new)) {
      continue;
    }
    try {
      if (const Status status = Load(); !status.has_value()) {
        log_.Warn("generation_refused", {{"reason", status.error().message}});
      }
    } catch (const std::exception& error) {
      log_.Warn("generation_refused", {{"reason", error.what()}});
    }
  }
}

}  // namespace kyujin::app
