// WorkerPool: the fixed threads on which handlers run, behind one bounded queue. The I/O threads
// only submit; what does not fit is refused at once, so that waiting never grows without bound.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "engine/base/deadline.h"
#include "engine/base/mutex.h"
#include "engine/base/thread_annotations.h"

namespace kyujin::http {

// What became of a task that was accepted.
enum class TaskFate {
  kRun,      // its turn has come
  kExpired,  // its deadline passed while it waited
  kStopped,  // the pool was stopped first
};

struct WorkerPoolOptions {
  size_t threads = 1;  // at least 1
  size_t max_queued = 256;
  // With more than `wait_exempt` queued tasks, none is accepted while the oldest has waited longer
  // than `max_wait`.
  size_t wait_exempt = 8;
  std::chrono::milliseconds max_wait{500};
};

// Thread rule: Thread-safe.
class WorkerPool {
 public:
  // Called exactly once for every accepted task: on a worker (its index, kRun or kExpired) or in
  // Stop() (index 0, kStopped). Must not throw: the program ends if it does.
  using Task = std::function<void(size_t worker_index, TaskFate fate)>;

  explicit WorkerPool(const WorkerPoolOptions& options);
  // Stops.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  WorkerPool(WorkerPool&&) = delete;
  WorkerPool& operator=(WorkerPool&&) = delete;

  // Returns false when the task was refused: overload, or the pool has been stopped.
  [[nodiscard]] bool TrySubmit(Task task, Deadline deadline);
  // Refuses new tasks, lets the running ones end, gives the queued ones kStopped. Idempotent.
  // Requires: not called on a worker, nor by two threads at once.
  void Stop();
  [[nodiscard]] size_t threads() const { return options_.threads; }
  [[nodiscard]] size_t queued() const;

 private:
  struct Entry {
    Task task;
    Deadline deadline;
    Deadline::Clock::time_point submitted;
  };

  void Work(size_t worker_index) noexcept;

  const WorkerPoolOptions options_;
  mutable Mutex mutex_;
  ConditionVariable changed_;
  std::deque<Entry> queue_ KYUJIN_GUARDED_BY(mutex_);
  bool is_stopped_ KYUJIN_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  // touched by the constructor and Stop() only
};

}  // namespace kyujin::http
