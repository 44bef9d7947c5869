// RemovedPostings: which postings are gone, and since when, as far as the lists of changes tell:
// a job page of one says "gone" and not "unknown".
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"

namespace kyujin::index {

// Thread rule: Thread-safe.
class RemovedPostings {
 public:
  // Days for which a posting is remembered.
  static constexpr int kDays = 90;

  // Reads the lists of changes that `snapshot` has and that were not read yet. Errors: kCorruption,
  // kInternal; what was read until then is kept.
  Status Follow(const Snapshot& snapshot);

  // The feed's day on which the posting was removed, or nothing. It may be alive again: ask the
  // snapshot first.
  [[nodiscard]] std::optional<Date> RemovedOn(uint64_t number) const;

 private:
  Status Read(const Snapshot& snapshot, uint64_t generation, Date* newest) KYUJIN_REQUIRES(mutex_);

  mutable Mutex mutex_;
  uint64_t index_id_ KYUJIN_GUARDED_BY(mutex_) = 0;
  uint64_t next_ KYUJIN_GUARDED_BY(mutex_) = 0;  // the first generation not read
  Date newest_ KYUJIN_GUARDED_BY(mutex_);        // day of the newest list read
  std::unordered_map<uint64_t, Date> removed_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::index
