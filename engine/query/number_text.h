// Numbers inside typed words: 1200, 1,200, 20万, 二十万, 1.5千. Texts with numbers are looked up
// with `#` in their place.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

enum class NumberForm : uint8_t {
  kNone,       // nothing is a number
  kDigits,     // 1200, 20万
  kAnyScript,  // 二十万, too
};

struct ReadNumber {
  uint64_t value = 0;
  size_t size = 0;  // bytes
};

// Returns the number at the start of `text`, whose width is folded, as long as it goes on: digits
// with commas, a fraction where 万 or 千 makes it whole, units; and 十, 二百, 一二〇〇. Nothing
// where there is none or it is 10^10 or more.
std::optional<ReadNumber> ReadNumberAt(std::string_view text, NumberForm form);

// A text in which `#` stands for each number.
struct NumberedText {
  std::string text;
  std::vector<uint64_t> numbers;
  // source[i] is where in the original the piece of `text` starts that byte i belongs to;
  // source[text.size()] is the size of the original.
  std::vector<size_t> source;
};

NumberedText ReplaceNumbers(std::string_view original, NumberForm form);

}  // namespace kyujin::query
