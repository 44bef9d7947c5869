// Mutex, SharedMutex, their locks and ConditionVariable: the standard ones, visible to clang's
// thread-safety analysis.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#include "engine/base/thread_annotations.h"

namespace kyujin {

// Thread rule: Thread-safe.
class KYUJIN_CAPABILITY("mutex") Mutex {
 public:
  void Lock() KYUJIN_ACQUIRE() { mutex_.lock(); }
  void Unlock() KYUJIN_RELEASE() { mutex_.unlock(); }
  // For ConditionVariable.
  void lock() KYUJIN_ACQUIRE() { mutex_.lock(); }
  void unlock() KYUJIN_RELEASE() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

// Holds a Mutex for a scope. Thread rule: Confined to one thread.
class KYUJIN_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) KYUJIN_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() KYUJIN_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;
  MutexLock(MutexLock&&) = delete;
  MutexLock& operator=(MutexLock&&) = delete;

 private:
  Mutex& mutex_;
};

// A mutex that many readers hold at once, or one writer alone. Thread rule: Thread-safe.
class KYUJIN_CAPABILITY("mutex") SharedMutex {
 public:
  void Lock() KYUJIN_ACQUIRE() { mutex_.lock(); }
  void Unlock() KYUJIN_RELEASE() { mutex_.unlock(); }
  void LockShared() KYUJIN_ACQUIRE_SHARED() { mutex_.lock_shared(); }
  void UnlockShared() KYUJIN_RELEASE_SHARED() { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

// Holds a SharedMutex alone for a scope. Thread rule: Confined to one thread.
class KYUJIN_SCOPED_CAPABILITY WriterLock {
 public:
  explicit WriterLock(SharedMutex& mutex) KYUJIN_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~WriterLock() KYUJIN_RELEASE() { mutex_.Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  WriterLock(WriterLock&&) = delete;
  WriterLock& operator=(WriterLock&&) = delete;

 private:
  SharedMutex& mutex_;
};

// Holds a SharedMutex with other readers for a scope. Thread rule: Confined to one thread.
class KYUJIN_SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) KYUJIN_ACQUIRE_SHARED(mutex) : mutex_(mutex) {
    mutex_.LockShared();
  }
  ~ReaderLock() KYUJIN_RELEASE() { mutex_.UnlockShared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;
  ReaderLock(ReaderLock&&) = delete;
  ReaderLock& operator=(ReaderLock&&) = delete;

 private:
  SharedMutex& mutex_;
};

// Thread rule: Thread-safe.
class ConditionVariable {
 public:
  // Requires: `mutex` is held by the caller; it is held again on return. Callers loop on their
  // predicate.
  void Wait(Mutex& mutex) KYUJIN_REQUIRES(mutex) { condition_.wait(mutex); }
  // Returns false when `until` has come. Requires: as for Wait.
  bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point until) KYUJIN_REQUIRES(mutex) {
    return condition_.wait_until(mutex, until) == std::cv_status::no_timeout;
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable_any condition_;
};

}  // namespace kyujin
