// AlertHub: who listens to alerts, and how far each has heard. Looks whether the store has news and
// sends them on; listeners of one user who have heard the same are read for once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "server/store/store.h"

namespace kyujin::alerts {

// One listener's connection. Its functions are called on the hub's thread and must not block.
struct AlertListener {
  std::string user;
  store::AlertCursor cursor;  // what it has heard
  std::function<void(std::shared_ptr<const std::string> bytes)> send;
  std::function<bool()> is_open;
};

// Holds references to the store and the clock. Thread rule: **Thread-safe**; Poll is for one
// thread.
class AlertHub {
 public:
  AlertHub(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // From now on, or after the next Poll, `listener` gets what its cursor has not heard.
  void Add(AlertListener listener);
  [[nodiscard]] size_t listeners() const;

  // Sends what is new, and a sign of life to those that heard nothing for a while. Costs next to
  // nothing without listeners. Errors: those of the store; the next call makes up for it.
  Status Poll();

 private:
  void TakeNew();
  Status SendNews();
  Status SendTo(const std::string& user, const std::vector<AlertListener*>& listeners);
  void SendSignOfLife();

  store::Store& store_;
  const Clock& clock_;
  mutable Mutex mutex_;
  std::vector<AlertListener> added_ KYUJIN_GUARDED_BY(mutex_);
  size_t count_ KYUJIN_GUARDED_BY(mutex_) = 0;
  // Of the thread that polls.
  std::vector<AlertListener> heard_;
  size_t fresh_ = 0;  // the last so many of `heard_` have not been read for yet
  int64_t last_publication_ = -1;
  int64_t last_hour_ = -1;
  store::Time last_sign_;
};

}  // namespace kyujin::alerts
