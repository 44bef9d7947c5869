// PhraseLexicon: conditions, kinds of employment, wages and hours as people type them (夜勤なし,
// 時給1200円以上, 17時まで), and the names of jobs; read from the lexicons of dict/. Private to
// engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/interpretation_table.h"

namespace kyujin::query {

// One value as the caller could have sent it.
struct NamedValue {
  std::string parameter;
  std::string value;
  friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

struct PhraseMatch {
  size_t size = 0;  // bytes of the text; 0: nothing is known
  Glue glue = Glue::kAlone;
  std::vector<NamedValue> values;  // empty: known to be plain words
};

// Returns the longest phrase that `text` starts with. Requires: width is folded.
PhraseMatch FindPhrase(std::string_view text);

struct OccupationMatch {
  size_t size = 0;  // 0: nothing is known
  Glue glue = Glue::kAlone;
  std::string_view code;  // 中分類
};

// Returns the longest job name that `text` starts with.
OccupationMatch FindOccupation(std::string_view text);

}  // namespace kyujin::query
