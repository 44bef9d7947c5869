// SegmentBuild: from a sealed spool to a finished segment in a folder of its own, which goes again
// unless it is published. The part that build, sync and apply share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/index/segment_writer.h"
#include "indexer/shard_builder.h"

namespace kyujin::indexer {

// Creates the writer of a segment: folder, number of shards.
using SegmentFactory = std::function<Result<std::unique_ptr<index::SegmentWriter>>(
    const std::filesystem::path&, size_t)>;

// Removes a folder unless it is released: an unfinished segment is worth nothing. Confined to one
// thread.
class FolderGuard {
 public:
  explicit FolderGuard(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~FolderGuard();
  FolderGuard(const FolderGuard&) = delete;
  FolderGuard& operator=(const FolderGuard&) = delete;
  FolderGuard(FolderGuard&&) = delete;
  FolderGuard& operator=(FolderGuard&&) = delete;

  void Release() { folder_.clear(); }

 private:
  std::filesystem::path folder_;
};

struct SegmentLimits {
  size_t threads = 1;
  uint64_t memory = uint64_t{4} << 30;
  size_t min_shard_records = 1000;  // fewer are not worth a shard of their own
};

// The most records that a run with so much memory takes.
uint64_t MostRecords(uint64_t memory);
// What building the segment of records of so many bytes takes on disk, roughly: the segment, and
// the shards that it is joined of.
uint64_t SegmentBytes(uint64_t record_bytes);
// What a shard may hold before it writes, when there are `shards`.
uint64_t ShardMemory(uint64_t memory, size_t shards);
// How many shards `records` are worth.
size_t ShardCount(const SegmentLimits& limits, size_t records);

// Builds the segment of all records of the spool. Errors: those of BuildShards and of the writer.
Result<index::SegmentInfo> BuildSegment(const ShardInputs& inputs,
                                        const SegmentFactory& create,
                                        const SegmentLimits& limits,
                                        const std::filesystem::path& folder,
                                        const std::stop_token& stop);

}  // namespace kyujin::indexer
