// Change list: what one generation added, updated and removed, by posting number. Written with the
// generation and kept for a while after it; what the change feed and alerts live on (FORMAT.md 7).
//
// Thread rule: Thread-compatible.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/index/card_file.h"

namespace kyujin::index {

enum class ChangeOp : uint8_t {
  kAdded = 1,
  kUpdated = 2,
  kRemoved = 3,
  kRewritten = 4,  // updated, but in the same version: nobody sees a difference
};
// Whether somebody who looks at searches and postings sees something that was not there before.
[[nodiscard]] constexpr bool IsNews(ChangeOp op) {
  return op == ChangeOp::kAdded || op == ChangeOp::kUpdated;
}
// "added", "updated" (rewritten too), "removed".
std::string_view ChangeOpName(ChangeOp op);

struct Change {
  uint64_t number = 0;   // PostingNumber
  uint64_t version = 0;  // schema::PostingVersion; of a removed posting the one it had last
  ChangeOp op = ChangeOp::kAdded;
  friend bool operator==(const Change&, const Change&) = default;
};

// All changes of one generation, ascending by number, each number once.
struct ChangeList {
  uint64_t index_id = 0;
  uint64_t generation = 0;
  Date date;  // of the feed
  std::vector<Change> changes;
};

// Writes and syncs `list` as the new file `path`. Errors: kInternal.
Result<WrittenFile> WriteChangeList(const std::filesystem::path& path, const ChangeList& list);
// Errors: kCorruption naming the file, kNotFound, kUnavailable for another format version.
Result<ChangeList> ReadChangeList(const std::filesystem::path& path);

}  // namespace kyujin::index
