// Tombstones: which documents of a segment are dead in a generation, because their posting was
// removed or came again in a later segment. A small file beside the segment, a new one for each
// generation that changes it (FORMAT.md 6).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/base/bitmap.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/card_file.h"

namespace kyujin::index {

// Thread rule: Immutable.
class Tombstones {
 public:
  explicit Tombstones(Bitmap dead) : dead_(std::move(dead)), count_(dead_.Count()) {}

  // Reads and checks a file. Errors: kCorruption naming it, also when it is not of a segment of
  // `documents`; kNotFound, kUnavailable for another format version.
  static Result<std::shared_ptr<const Tombstones>> Read(const std::filesystem::path& path,
                                                        uint32_t documents);

  [[nodiscard]] BitmapView dead() const { return dead_.view(); }
  [[nodiscard]] uint64_t count() const { return count_; }
  [[nodiscard]] bool IsDead(DocId doc) const { return dead_.Test(doc); }

 private:
  Bitmap dead_;
  uint64_t count_;
};

// Writes and syncs `dead` as the new file `path`. Errors: kInternal.
Result<WrittenFile> WriteTombstones(const std::filesystem::path& path, const Bitmap& dead);

}  // namespace kyujin::index
