// JsonlSource: JSON Lines, one posting object per line (API.md 6). Only the member `feed` is read:
// every other member of a posting object is derived from it.
#pragma once

#include <string_view>

#include "engine/base/json.h"
#include "engine/schema/feed_record.h"
#include "indexer/line_reader.h"
#include "indexer/source.h"

namespace kyujin::indexer {

// Confined to one thread.
class JsonlSource final : public Source {
 public:
  explicit JsonlSource(const RecordLimits& limits = {}) : limits_(limits) {}
  // Blank lines are skipped; a line that is no posting object is a reject.
  Status Read(ByteSource& input, uint32_t file, RecordSink& sink) override;

 private:
  Status ReadLine(const LineReader::Line& line,
                  const RecordPlace& place,
                  schema::FeedRecord* record,
                  RecordSink& sink) const;

  RecordLimits limits_;
};

// Reads one posting object into `record` (cleared first). Returns false and fills number, field and
// reason of `reject` when it is none.
bool ParsePostingObject(std::string_view json,
                        const RecordLimits& limits,
                        schema::FeedRecord* record,
                        Reject* reject);

// The same for a line that is parsed already.
bool ReadPostingObject(const JsonValue& object,
                       const RecordLimits& limits,
                       schema::FeedRecord* record,
                       Reject* reject);

}  // namespace kyujin::indexer
