// RecentMap: what was computed of some text, kept for when the same text comes again, within a
// bound of memory. Two generations: when one is full the older is dropped, and what was asked for
// since the last turn stays.
//
// Thread rule: **Confined to one thread.**
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kyujin {

template <class Value>
class RecentMap {
 public:
  // Keeps entries of about `memory_bytes` together; 0 keeps nothing for long.
  explicit RecentMap(size_t memory_bytes) : memory_bytes_(memory_bytes) {}

  // Returns what was added for `text`, or nullptr. Stays valid until the next Add.
  const Value* Find(std::string_view text) {
    if (const auto known = recent_.find(text); known != recent_.end()) {
      return &known->second.value;
    }
    const auto old = older_.find(text);
    if (old == older_.end()) {
      return nullptr;
    }
    auto node = older_.extract(old);
    recent_bytes_ += node.mapped().bytes;
    return &recent_.insert(std::move(node)).position->second.value;
  }

  // Keeps `value`, which owns about `value_bytes`, for `text`. Requires: Find(text) is nullptr.
  // Returns the kept value; valid until the next Add.
  const Value& Add(std::string_view text, Value value, size_t value_bytes) {
    if (recent_bytes_ > memory_bytes_ / 2) {
      older_ = std::exchange(recent_, {});
      recent_bytes_ = 0;
    }
    constexpr size_t kNodeBytes = 128;  // the map's own, and what allocations round up
    const size_t bytes = text.size() + value_bytes + kNodeBytes;
    recent_bytes_ += bytes;
    return recent_.emplace(text, Entry{std::move(value), bytes}).first->second.value;
  }

 private:
  struct Entry {
    Value value;
    size_t bytes;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;

  size_t memory_bytes_;
  Entries recent_;
  Entries older_;
  size_t recent_bytes_ = 0;  // of `recent_`
};

}  // namespace kyujin
