// SegmentWriter: postings in, one immutable segment out (text.glass, columns.bin, cards.bin,
// hits.bin).
// Shards are written in parallel, each by one thread, and joined at the end. The indexer's last
// step before publishing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"

namespace kyujin::index {

// One file of a segment, as the manifest lists it.
struct FileEntry {
  std::string name;  // relative to the segment's folder
  uint64_t size = 0;
  uint64_t checksum = 0;  // XXH3-64 of all bytes
  friend bool operator==(const FileEntry&, const FileEntry&) = default;
};

// What a manifest says of a segment: its files, which never change, and which of its documents are
// dead in that generation.
struct SegmentInfo {
  std::string name;  // folder inside the index directory
  uint32_t documents = 0;
  std::vector<FileEntry> files;
  uint32_t dead = 0;
  std::optional<FileEntry> tombstones{};  // in the index directory; nothing while none is dead
};

struct SegmentWriterOptions {
  std::filesystem::path directory;  // does not exist yet; its parent does
  size_t shards = 1;
  std::shared_ptr<const text::AnalyzerModel> analyzer;
  // What each shard may hold before it writes, roughly; columns and vocabulary come on top.
  uint64_t shard_memory = uint64_t{512} << 20;
};

// Writes one run of documents. Confined to one thread; different shards may be used by different
// threads at once.
class ShardWriter {
 public:
  virtual ~ShardWriter() = default;
  // Requires: numbers ascend within a shard, and every number of shard i is below every number of
  // shard i + 1. Errors: kInternal when the disk does not take it; the segment is then lost, the
  // index is not.
  virtual Status Add(const schema::JobPosting& posting) = 0;
  // Called once, after the last Add.
  virtual Status Finish() = 0;
};

// Thread rule: Thread-compatible.
class SegmentWriter {
 public:
  // Creates the folder. Errors: kInternal with path and reason.
  static Result<std::unique_ptr<SegmentWriter>> Create(const SegmentWriterOptions& options);
  virtual ~SegmentWriter() = default;

  [[nodiscard]] virtual size_t shards() const = 0;
  [[nodiscard]] virtual ShardWriter& shard(size_t index) = 0;
  // Joins the shards, writes the final files, syncs them to disk and returns what the manifest must
  // say of them. Requires: every shard is finished. A segment may have no documents at all.
  virtual Result<SegmentInfo> Finish() = 0;
};

}  // namespace kyujin::index
