#include "server/http/worker_pool.h"

#include <utility>

namespace kyujin::http {

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : options_(options) {
  threads_.reserve(options_.threads);
  for (size_t i = 0; i < options_.threads; ++i) {
    threads_.emplace_back([this, i] { Work(i); });
  }
}

WorkerPool::~WorkerPool() {
  Stop();
}

bool WorkerPool::TrySubmit(Task task, Deadline deadline) {
  const auto now = Deadline::Clock::now();
  {
    const MutexLock lock(mutex_);
    if (is_stopped_ || queue_.size() >= options_.max_queued) {
      return false;
    }
    if (queue_.size() > options_.wait_exempt &&
        now - queue_.front().submitted > options_.max_wait) {
      return false;
    }
    queue_.push_back({std::move(task), deadline, now});
  }
  changed_.NotifyOne();
  return true;
}

void WorkerPool::Stop() {
  std::deque<Entry> abandoned;
  {
    const MutexLock lock(mutex_);
    is_stopped_ = true;
    abandoned.swap(queue_);
  }
  changed_.NotifyAll();
  for (Entry& entry : abandoned) {
    entry.task(0, TaskFate::kStopped);
  }
  for (std::thread& thread : threads_) {
    thread.join();
  }
  threads_.clear();
}

size_t WorkerPool::queued() const {
  const MutexLock lock(mutex_);
  return queue_.size();
}

void WorkerPool::Work(size_t worker_index) noexcept {
  while (true) {
    Entry entry{nullptr, Deadline::Infinite(), {}};
    {
      const MutexLock lock(mutex_);
      while (queue_.empty() && !is_stopped_) {
        changed_.Wait(mutex_);
      }
      if (queue_.empty()) {
        return;
      }
      entry = std::move(queue_.front());
      queue_.pop_front();
    }
    entry.task(worker_index, entry.deadline.expired() ? TaskFate::kExpired : TaskFate::kRun);
  }
}

}  // namespace kyujin::http
