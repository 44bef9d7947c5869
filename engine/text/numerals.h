// Numbers written in kanji, with figures among them.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kyujin::text {

// Returns the value of a numeral in kanji, figures or both: 二, 二十五, 二〇二六, 一万五千, 1万5千.
// Nothing for what is no such numeral or has more than 16 characters.
std::optional<uint64_t> KanjiNumeralValue(std::string_view numeral);

}  // namespace kyujin::text
