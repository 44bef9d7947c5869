// AlertObserver: where the alerts say what they did, for the log and the metrics. No text of a
// query is in it, nothing that tells who a user is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace kyujin::alerts {

// What became of one generation.
struct RecordedGeneration {
  uint64_t generation = 0;
  size_t postings = 0;  // added or updated
  size_t queries = 0;   // that matched some of them
  uint64_t matches = 0;
  std::chrono::milliseconds took{0};
};

// Called on the thread that works. Thread rule: as the implementation says; the one here does
// nothing.
class AlertObserver {
 public:
  virtual ~AlertObserver() = default;
  virtual void OnRecorded(const RecordedGeneration& /*recorded*/) {}
  // The canonical query of that id cannot be read by this version and matches nothing.
  virtual void OnUnreadableQuery(int64_t /*id*/, std::string_view /*reason*/) {}
  // Lists of changes are not kept any more: generations up to `generation` gave no alerts.
  virtual void OnLostChanges(uint64_t /*generation*/) {}
};

}  // namespace kyujin::alerts
