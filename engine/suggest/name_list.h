// NameList: keys in order, each with the number of what it names; found by how they begin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::suggest {

// Thread rule: Thread-compatible; Immutable after Finish.
class NameList {
 public:
  void Add(std::string_view key, uint32_t id);
  // To be called once, before anything is looked up.
  void Finish();

  [[nodiscard]] size_t size() const { return entries_.size(); }

  // Appends the ids of all keys that begin with `prefix`, in order of key. O(log n + found).
  void FindPrefix(std::string_view prefix, std::vector<uint32_t>* ids) const;
  // Appends those of keys that begin with `sure` and one of whose starts is at most one mistake
  // away from `typed`. Cost: a step for each key that begins with `sure`.
  void FindNear(std::string_view typed, std::string_view sure, std::vector<uint32_t>* ids) const;
  // Returns whether `key` is there for `id`. O(log n).
  [[nodiscard]] bool Has(std::string_view key, uint32_t id) const;

 private:
  struct Entry {
    uint32_t offset;
    uint32_t size;
    uint32_t id;
  };
  using Iterator = std::vector<Entry>::const_iterator;

  [[nodiscard]] std::string_view KeyOf(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.offset, entry.size);
  }
  [[nodiscard]] Iterator LowerBound(std::string_view key) const;

  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace kyujin::suggest
