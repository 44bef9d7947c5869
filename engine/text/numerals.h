// Numbers written in kanji.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kyujin::text {

// Returns the value of a numeral in kanji alone: 二, 二十五, 二〇二六, 三百, 一万五千. Nothing for
// what is no such numeral or has more than 16 characters.
std::optional<uint64_t> KanjiNumeralValue(std::string_view numeral);

}  // namespace kyujin::text
