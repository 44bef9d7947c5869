// What a person may mean by what is typed so far: the answer of engine/suggest.
//
// Thread rule: plain values. Thread-compatible.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bitmap.h"

namespace kyujin::suggest {

enum class NameKind : uint8_t { kOccupation, kPlace, kStation, kLicence, kEmployer };
inline constexpr size_t kNameKindCount = 5;

// Returns the name of a kind in answers, e.g. "occupation".
std::string_view NameOf(NameKind kind);

// A name that begins as typed, and the parameter that says the same.
struct Suggestion {
  NameKind kind = NameKind::kOccupation;
  std::string text;  // 看護師
  std::string_view parameter;
  std::string value;
  std::string label;   // what the value is called: 看護師、准看護師
  uint64_t count = 0;  // documents that the value finds under the other filters
};

// The documents that count, segment by segment, for each kind: those that pass all filters but the
// kind's own. The sets belong to somebody else.
using CountedDocuments = std::array<std::vector<BitmapView>, kNameKindCount>;

}  // namespace kyujin::suggest
