// RecordSpool: all records of a run on disk, so that they can be read again in order of their
// numbers. In memory it keeps 32 bytes a record.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/schema/feed_record.h"
#include "engine/schema/posting_number.h"
#include "indexer/output_file.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

// Appending and sealing are confined to one thread; once sealed it is immutable, and any number of
// readers may be used at once.
class RecordSpool {
 public:
  // Bytes of memory for each record.
  static constexpr size_t kEntryBytes = 32;

  // The spool lies in `folder` without a name. Errors: kInternal (a full disk included).
  static Result<std::unique_ptr<RecordSpool>> Create(const std::filesystem::path& folder);

  // `received` are the days of 受付年月日, 0 when not known.
  // Errors: kInternal when the disk does not take it.
  Status Append(schema::PostingNumber number,
                uint16_t received,
                const schema::FeedRecord& record,
                const RecordPlace& place);

  // Which record of a number counts: the one received last (of equal dates the one appended first),
  // or the one appended last.
  enum class Winner { kReceivedLast, kAppendedLast };
  // Ends appending, sorts by number and keeps one record of each number. Returns how many records
  // were dropped. O(n log n).
  Result<uint64_t> Seal(Winner winner = Winner::kReceivedLast);
  // Keeps the records for which `keep` says so, asked in order of number with the content hash.
  // Requires: sealed, and nobody reads.
  void KeepIf(const std::function<bool(uint64_t number, uint64_t content_hash)>& keep);

  // Bytes of the records on disk, those that were dropped included.
  [[nodiscard]] uint64_t bytes() const { return file_->size(); }
  // Records held: all before Seal, distinct numbers after it.
  [[nodiscard]] size_t size() const { return entries_.size(); }

 private:
  friend class SpoolReader;

  struct Entry {
    uint64_t number;
    uint64_t offset;
    uint64_t content_hash;
    uint32_t size;
    uint16_t received;
  };
  static_assert(sizeof(Entry) == kEntryBytes);

  explicit RecordSpool(std::unique_ptr<OutputFile> file) : file_(std::move(file)) {}

  std::unique_ptr<OutputFile> file_;
  std::vector<Entry> entries_;
  std::string buffer_;
};

// Reads the records [begin, end) of a sealed spool in order of their numbers. Confined to one
// thread. Holds a reference to the spool, which must outlive it.
class SpoolReader {
 public:
  // Requires: begin ≤ end ≤ spool.size().
  SpoolReader(const RecordSpool& spool, size_t begin, size_t end);

  // Reads the next record into `record` (cleared first) and where it came from into `place`.
  // Returns false at the end. Errors: kInternal when the disk does not give it back.
  Result<bool> Next(schema::FeedRecord* record, RecordPlace* place);

 private:
  const RecordSpool& spool_;
  size_t next_;
  size_t end_;
  std::string buffer_;
};

}  // namespace kyujin::indexer
