// Snapshot: one generation, opened for reading; what a request holds from its first to its last
// byte. Old generations die with their last reader. SnapshotHolder is where the server swaps in the
// next one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/card_file.h"
#include "engine/index/file_lock.h"
#include "engine/index/manifest.h"
#include "engine/index/segment_columns.h"
#include "engine/index/tombstones.h"
#include "engine/schema/job_posting.h"

namespace kyujin::index {

// One segment, opened: what never changes of it. Snapshots of several generations share it; which
// of its documents are dead is theirs to say. Thread rule: Immutable.
class Segment {
 public:
  // Compares sizes with `info` and checks the headers. Errors: kCorruption, kUnavailable,
  // kNotFound.
  static Result<std::shared_ptr<const Segment>> Open(const std::filesystem::path& folder,
                                                     const SegmentInfo& info);

  [[nodiscard]] uint32_t documents() const { return columns_->documents(); }
  // Equal for segments of equal content: it stays when another generation opens the same files.
  [[nodiscard]] uint64_t key() const { return key_; }
  [[nodiscard]] const SegmentColumns& columns() const { return *columns_; }
  [[nodiscard]] const CardFile& cards() const { return *cards_; }
  [[nodiscard]] const CardFile& hits() const { return *hits_; }
  // The whole posting. Requires: doc < documents(). Errors: kCorruption.
  [[nodiscard]] Result<schema::JobPosting> ReadPosting(DocId doc) const;
  // Every worker opens its own TextReader on it.
  [[nodiscard]] const std::filesystem::path& text_path() const { return text_path_; }

 private:
  Segment() = default;
  std::unique_ptr<const SegmentColumns> columns_;
  std::unique_ptr<const CardFile> cards_;
  std::unique_ptr<const CardFile> hits_;
  std::filesystem::path text_path_;
  uint64_t key_ = 0;
};

// Where a document is in a snapshot.
struct DocumentAddress {
  uint32_t segment = 0;
  DocId doc = 0;
};

// Thread rule: Immutable.
class Snapshot {
 public:
  // Opens the generation that CURRENT names. `analyzer_version` must be that of the words. Errors:
  // kNotFound when there is no index, kUnavailable when it was made by another version,
  // kCorruption.
  // Segments that `previous` has too are taken from it, so that what is kept for them stays good.
  static Result<std::shared_ptr<const Snapshot>> Open(const std::filesystem::path& directory,
                                                      std::string_view analyzer_version,
                                                      const Snapshot* previous = nullptr);

  // Opens the newest published generation that can be opened, for when the live one cannot (R-ST4).
  // Errors: kNotFound when there is none.
  static Result<std::shared_ptr<const Snapshot>> OpenOlder(const std::filesystem::path& directory,
                                                           std::string_view analyzer_version);

  [[nodiscard]] uint64_t generation() const { return manifest_.generation; }
  [[nodiscard]] uint64_t index_id() const { return manifest_.index_id; }
  // RFC 3339: the time of the feed.
  [[nodiscard]] const std::string& as_of() const { return manifest_.as_of; }
  // Live ones; statistics of words count those of the segments, dead ones included.
  [[nodiscard]] uint64_t documents() const { return manifest_.documents; }
  [[nodiscard]] const std::vector<std::shared_ptr<const Segment>>& segments() const {
    return segments_;
  }
  // The dead documents of segment `place` in this generation; nullptr when all are alive.
  [[nodiscard]] const std::shared_ptr<const Tombstones>& tombstones(size_t place) const {
    return tombstones_.at(place);
  }
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  // The index directory.
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

  // The live document of that number.
  [[nodiscard]] std::optional<DocumentAddress> Find(schema::PostingNumber number) const;
  // Requires: the address is of this snapshot. Errors: kCorruption.
  [[nodiscard]] Result<schema::JobPosting> ReadPosting(DocumentAddress address) const;
  // The same with those members alone that a hit shows (hit_reader.h): cheaper by far.
  [[nodiscard]] Result<schema::JobPosting> ReadHit(DocumentAddress address) const;

 private:
  Snapshot() = default;
  // Errors: kNotFound also when a part of it is missing or about to be removed.
  static Result<std::shared_ptr<const Snapshot>> OpenGeneration(
      const std::filesystem::path& directory,
      std::string_view name,
      std::string_view analyzer_version,
      const Snapshot* previous);
  Status OpenSegment(const SegmentInfo& info, const Snapshot* previous);
  [[nodiscard]] std::shared_ptr<const Segment> Has(const SegmentInfo& info) const;

  std::filesystem::path directory_;
  Manifest manifest_;
  std::unique_ptr<FileLock>
      lock_;  // shared, on the manifest: the writer does not delete what we read
  std::vector<std::shared_ptr<const Segment>> segments_;
  std::vector<std::shared_ptr<const Tombstones>> tombstones_;  // of each segment
};

// Returns what CURRENT says now, e.g. "manifest-00000042.json". Errors: kNotFound.
Result<std::string> ReadCurrent(const std::filesystem::path& directory);

// The snapshot that new requests get. Thread rule: Thread-safe; a reader waits only for one pointer
// copy.
class SnapshotHolder {
 public:
  // nullptr before the first Set.
  [[nodiscard]] std::shared_ptr<const Snapshot> Get() const;
  void Set(std::shared_ptr<const Snapshot> snapshot);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::index
