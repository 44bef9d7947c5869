// TypedName: the start of a name as a person typed it, and the keys under which names are found:
// by spelling (width, case and kind of kana folded) and by reading in letters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/suggest/name_list.h"

namespace kyujin::suggest {

// Returns the key of a spelling or a kana reading: schema::NameKey with katakana as hiragana.
std::string SpellingKey(std::string_view name);

// Names of one kind by spelling and by reading. Thread rule: Thread-compatible; Immutable after
// Finish.
struct NameIndex {
  NameList spellings;
  NameList readings;

  // Adds a name under its spelling and, unless empty, its reading in kana.
  void Add(std::string_view name, std::string_view reading, uint32_t id);
  void Finish();
};

// Thread rule: Immutable.
class TypedName {
 public:
  explicit TypedName(std::string_view typed);

  [[nodiscard]] bool empty() const { return spelling_.empty(); }
  // Whether it is long enough to forgive a mistake in it.
  [[nodiscard]] bool may_be_mistaken() const;

  // Returns the ids of the names that begin so, unique.
  [[nodiscard]] std::vector<uint32_t> Find(const NameIndex& names) const;
  // The same with one mistake. Unless `everywhere`, the first half must be right, so that few names
  // are looked at.
  [[nodiscard]] std::vector<uint32_t> FindNear(const NameIndex& names, bool everywhere) const;
  // Whether the whole name, or its whole reading in kana, was typed.
  [[nodiscard]] bool IsWhole(const NameIndex& names, uint32_t id) const;

 private:
  std::string spelling_;
  std::string reading_;  // RomajiKey; empty when kanji were typed
  bool is_kana_;
};

}  // namespace kyujin::suggest
