// TeikyoRecordBuilder: the values of one feed record, gathered piece by piece within limits. A
// record that breaks a limit is read past and becomes a reject, its number kept if it was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/schema/feed_record.h"
#include "indexer/record_sink.h"

namespace kyujin::indexer {

// Confined to one thread.
class TeikyoRecordBuilder {
 public:
  explicit TeikyoRecordBuilder(const RecordLimits& limits) : limits_(limits) {}

  // Begins a new record; whatever was gathered before is dropped.
  void Begin(const RecordPlace& place);
  // `tag` is nothing for a name that the table does not know.
  void BeginValue(std::optional<schema::Tag> tag, std::string_view name);
  void AppendText(std::string_view text);
  void EndValue();
  // Hands the record, or why it is none, to `sink` and returns what it returned.
  Status Finish(RecordSink& sink);

  // The record's number as given so far; may be empty.
  [[nodiscard]] std::string_view number() const { return record_.Get(schema::Tag::kKjno); }

 private:
  void Fail(std::string reason);

  RecordLimits limits_;
  schema::FeedRecord record_;
  RecordPlace place_;
  std::optional<schema::Tag> tag_;
  std::string name_;
  std::string text_;
  size_t record_bytes_ = 0;
  size_t values_ = 0;
  std::string failed_field_;
  std::string failure_;  // empty while the record is within its limits
};

}  // namespace kyujin::indexer
