// RunReport: what a run read, kept and refused, in numbers and as the plain lines printed at its
// end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/index/change_list.h"
#include "engine/schema/feed_record.h"
#include "indexer/reject_log.h"

namespace kyujin::indexer {

// Counts of tags that the feed table does not know. The names come from outside, so only the first
// thousand are told apart. Thread-compatible.
class UnknownTags {
 public:
  void Count(const schema::FeedRecord& record);
  [[nodiscard]] const std::map<std::string, uint64_t, std::less<>>& counts() const {
    return counts_;
  }
  // Occurrences of names beyond the first thousand.
  [[nodiscard]] uint64_t others() const { return others_; }

 private:
  std::map<std::string, uint64_t, std::less<>> counts_;
  uint64_t others_ = 0;
};

struct ChangeCounts {
  uint64_t added = 0;
  uint64_t updated = 0;
  uint64_t removed = 0;
};

// Thread-compatible.
struct RunReport {
  uint64_t files = 0;
  uint64_t skipped_files = 0;  // of folders, no input by their name
  uint64_t records_read = 0;   // rejects and broken pages included
  uint64_t duplicates = 0;     // older or identical records of a number that came again
  uint64_t documents = 0;      // published
  // Against the generation before; nothing when there was none or it could not be read.
  std::optional<ChangeCounts> changes;
  RejectLog::Summary rejects;
  UnknownTags unknown_tags;

  void CountChanges(const std::vector<index::Change>& list);
  // Whether more than `percent` of what was read was rejected.
  [[nodiscard]] bool RejectsAbove(double percent) const;
  // English, one fact a line, each line ended.
  [[nodiscard]] std::string ToText() const;
};

}  // namespace kyujin::indexer
