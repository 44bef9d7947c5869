// One mistake: whether two spellings differ by one character added, left out, wrong, or two
// swapped. Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <string_view>

namespace kyujin::text {

// Words of fewer characters are other words, not mistakes.
inline constexpr size_t kMinMistakenLength = 4;

// Returns whether `a` and `b` are different and one mistake apart.
bool IsOneMistakeAway(std::string_view a, std::string_view b);

// Returns whether some start of `text` equals `typed` or is one mistake away from it.
bool StartsOneMistakeAway(std::string_view text, std::string_view typed);

}  // namespace kyujin::text
