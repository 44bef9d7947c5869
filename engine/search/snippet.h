// Snippet: the best stretch of a text, with what matched marked, as HTML. Part of highlighter.h.
//
// Thread rule: functions only, nothing is shared. Immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::search {

// Bytes [begin, end) of a text that word `number` of a request matched.
struct TextMatch {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t number = 0;
  friend bool operator==(const TextMatch&, const TextMatch&) = default;
};

struct Snippet {
  std::string html;
  // How good it is: different words first, then how many matches.
  uint32_t words = 0;
  uint32_t matches = 0;
};

// Returns the stretch of at most `max_code_points` that holds most of `matches`, the first of equal
// ones; it begins where a sentence does if that is near. Requires: `matches` not empty, ascending
// by `begin`, on code-point boundaries inside `text`.
Snippet MakeSnippet(std::string_view text,
                    const std::vector<TextMatch>& matches,
                    size_t max_code_points);

}  // namespace kyujin::search
