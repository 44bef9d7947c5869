// ChangeFeed: the lists of changes of one generation after another, read as one sequence that a
// client can leave and take up again without missing or repeating anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/change_list.h"
#include "engine/index/snapshot.h"

namespace kyujin::index {

// How far somebody has read: all generations before `generation`, and `offset` changes of it.
// Thread rule: Immutable.
struct ChangePosition {
  uint64_t index_id = 0;
  uint64_t generation = 0;
  uint64_t offset = 0;
  friend bool operator==(const ChangePosition&, const ChangePosition&) = default;
};

// The position as a token that tells nothing to others, and back. Errors: kInvalidArgument.
std::string EncodeChangePosition(const ChangePosition& position);
Result<ChangePosition> DecodeChangePosition(std::string_view token);

// One page of the feed. Thread rule: Thread-compatible.
struct ChangePage {
  struct Entry {
    Change change;
    uint64_t generation = 0;
  };
  std::vector<Entry> entries;
  ChangePosition next;
  bool has_more = false;
};

// The position after everything that `snapshot` holds.
ChangePosition NowOf(const Snapshot& snapshot);

// Reads up to `limit` changes after `since`. A position beyond the snapshot (another server was
// ahead) gives nothing and itself. Errors: kGone when the lists it needs are not kept any more or
// it is of another index; kCorruption.
Result<ChangePage> ReadChanges(const Snapshot& snapshot, const ChangePosition& since, size_t limit);

}  // namespace kyujin::index
