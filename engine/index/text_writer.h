// text.glass on its way: the words of all shards of a segment become one read-only Xapian file, the
// only durable place of words. Xapian keeps the blocks; what is in them is ours (term_block.h),
// because its own posting lists are built a tree node for each posting, which took a third of a
// build, and its positions six times the room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"

namespace kyujin::index {

// What the writer of a shard left on disk.
struct TextShard {
  std::vector<ScratchFile> runs;  // of TermRunWriter, in order
  uint32_t documents = 0;
};

// Joins shards, in order, into the single file `path`: document n of a shard follows all of the
// shards before. `scratch` is a folder for what is made on the way; what is left there, and the
// shards' files, are the caller's to remove. Errors: kInternal, kCorruption and kNotFound when a
// scratch file is not what was written, kResourceExhausted.
Status WriteTextFile(std::span<const TextShard> shards,
                     const std::filesystem::path& scratch,
                     const std::filesystem::path& path);

}  // namespace kyujin::index
