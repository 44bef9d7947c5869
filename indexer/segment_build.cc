#include "indexer/segment_build.h"

#include <algorithm>
#include <system_error>

namespace kyujin::indexer {
namespace {

// What one thread of analysis and its shard may take.
constexpr uint64_t kMemoryPerThread = uint64_t{256} << 20;

// What a record takes in memory from its reading to the joined columns: its place in the spool, its
// values of all columns and lists twice, its share of names and terms.
constexpr uint64_t kMemoryPerRecord = 1024;

}  // namespace

uint64_t MostRecords(uint64_t memory) {
  return memory / kMemoryPerRecord;
}

uint64_t SegmentBytes(uint64_t record_bytes) {
  return record_bytes;  // the finished segment is less than half of its records, the shards as well
}

uint64_t ShardMemory(uint64_t memory, size_t shards) {
  return memory / 2 / std::max<size_t>(1, shards);
}

FolderGuard::~FolderGuard() {
  if (!folder_.empty()) {
    std::error_code ignored;  // the next writer removes what is left
    std::filesystem::remove_all(folder_, ignored);
  }
}

size_t ShardCount(const SegmentLimits& limits, size_t records) {
  const size_t by_memory = std::max<size_t>(1, limits.memory / kMemoryPerThread);
  const size_t by_records = std::max<size_t>(1, records / limits.min_shard_records);
  return std::max<size_t>(1, std::min({limits.threads, by_memory, by_records}));
}

Result<index::SegmentInfo> BuildSegment(const ShardInputs& inputs,
                                        const SegmentFactory& create,
                                        const SegmentLimits& limits,
                                        const std::filesystem::path& folder,
                                        const std::stop_token& stop) {
  KYUJIN_ASSIGN_OR_RETURN(const auto writer,
                          create(folder, ShardCount(limits, inputs.spool.size())));
  inputs.progress.BeginStage("indexing", inputs.spool.size());
  const auto documents = BuildShards(inputs, *writer, stop);
  inputs.progress.EndStage();
  if (!documents.has_value()) {
    return documents.error();
  }
  inputs.progress.BeginStage("joining", 0);
  auto segment = writer->Finish();
  inputs.progress.EndStage();
  return segment;
}

}  // namespace kyujin::indexer
