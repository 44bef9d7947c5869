// ChangeReader: a file of changes, one JSON object a line (API.md 9):
// {"op":"upsert","posting":{…}} or {"op":"delete","number":"…"}. What comes later counts.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <unordered_map>

#include "engine/base/byte_source.h"
#include "engine/base/json.h"
#include "engine/base/result.h"
#include "indexer/line_reader.h"
#include "indexer/record_sink.h"
#include "indexer/record_spool.h"
#include "indexer/reject_log.h"
#include "indexer/run_report.h"
#include "indexer/shard_builder.h"

namespace kyujin::indexer {

// What the last good line of each number wants.
enum class ChangeWish : uint8_t { kUpsert, kDelete };

// Confined to one thread. Holds references, which must outlive it.
class ChangeReader {
 public:
  // Records of upserts go to `spool`, bad lines to `rejects`. A line whose posting cannot be
  // derived is bad too, so that it does not hide a good one before it.
  ChangeReader(RecordSpool& spool, RejectLog& rejects, const DeriveFunction& derive)
      : spool_(spool), rejects_(rejects), derive_(derive) {}

  // Reads all lines. Errors: those of `input`, spool and log; kUnavailable when `stop` was asked
  // for.
  Status Read(ByteSource& input, const std::stop_token& stop);

  [[nodiscard]] uint64_t lines() const { return lines_; }
  [[nodiscard]] const UnknownTags& unknown_tags() const { return unknown_tags_; }
  // By posting number.
  [[nodiscard]] const std::unordered_map<uint64_t, ChangeWish>& wishes() const { return wishes_; }

 private:
  Status ReadLine(const LineReader::Line& line);
  Status ReadChange(const JsonValue& change, Reject* reject);
  Status Upsert(const JsonValue& posting, Reject* reject);

  RecordSpool& spool_;
  RejectLog& rejects_;
  const DeriveFunction& derive_;
  std::unordered_map<uint64_t, ChangeWish> wishes_;
  UnknownTags unknown_tags_;
  uint64_t lines_ = 0;
};

}  // namespace kyujin::indexer
