// UnseenPostings: which postings were added or visibly changed after a generation, from the lists
// of changes. Kept for the marks that were asked for last, because whoever looks looks again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "server/store/store_rows.h"

namespace kyujin::api {

// Thread rule: **Thread-safe.**
class UnseenPostings {
 public:
  using Numbers = std::shared_ptr<const std::vector<uint64_t>>;

  // Returns the numbers, ascending and unique; nothing when the lists do not reach back that far:
  // then everything counts as unseen. Errors: kCorruption.
  Result<std::optional<Numbers>> After(const store::SeenMark& seen,
                                       const index::Snapshot& snapshot);

 private:
  using Key = std::pair<uint64_t, uint64_t>;  // generations: seen, newest

  Mutex mutex_;
  uint64_t index_id_ KYUJIN_GUARDED_BY(mutex_) = 0;
  std::map<Key, Numbers> kept_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::api
