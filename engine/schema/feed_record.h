// FeedRecord: one posting as the feed gave it, tag by tag, text unchanged. It is what a source
// produces, what a card stores and what everything else of a posting is derived from.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/schema/feed_field.h"

namespace kyujin::schema {

// Thread rule: Thread-compatible.
class FeedRecord {
 public:
  struct Value {
    Tag tag;
    std::string text;
  };
  struct UnknownValue {
    std::string tag;
    std::string text;
  };

  // Sets the text of the tag called `name`, known or not. Text that is empty or only spaces (U+3000
  // too) is as if absent. A tag given twice keeps the last text.
  void Set(std::string_view name, std::string_view text);
  void Set(Tag tag, std::string_view text);

  // Returns the text of `tag`, or "" when the feed did not give it. The view lives as long as the
  // record and until the next Set. O(log n).
  [[nodiscard]] std::string_view Get(Tag tag) const;

  // In order of Tag.
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }
  // Tags the table does not know, in feed order: kept, counted, never searched.
  [[nodiscard]] const std::vector<UnknownValue>& unknown() const { return unknown_; }

  void Clear();

 private:
  std::vector<Value> values_;
  std::vector<UnknownValue> unknown_;
};

}  // namespace kyujin::schema
