// Code points of UTF-8 text, for the small comparisons of code tables and addresses. The analysis
// of words is engine/text's; nothing here is meant for it.
//
// Thread rule: Immutable.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kyujin::schema {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

// Returns how many bytes a character that starts with `lead` has, 0 when none does.
constexpr size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) {
    return 1;
  }
  if (lead < 0xC2 || lead > 0xF4) {
    return 0;
  }
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Takes the first code point off `text`. Malformed bytes come out as U+FFFD, one each. Requires:
// text is not empty.
inline char32_t TakeCodePoint(std::string_view* text) {
  const auto lead = static_cast<unsigned char>(text->front());
  const size_t length = SequenceLength(lead);
  if (length == 0 || length > text->size()) {
    text->remove_prefix(1);
    return kReplacementCharacter;
  }
  char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>((*text)[i]);
    if ((byte & 0xC0U) != 0x80U) {
      text->remove_prefix(1);
      return kReplacementCharacter;
    }
    c = (c << 6U) | (byte & 0x3FU);
  }
  text->remove_prefix(length);
  return c;
}

inline std::u32string ToCodePoints(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  while (!text.empty()) {
    result.push_back(TakeCodePoint(&text));
  }
  return result;
}

// Returns the half-width form of full-width ASCII (Ａ, １, －, U+3000), other characters as they
// are.
constexpr char32_t HalfWidth(char32_t c) {
  constexpr char32_t kFirst = 0xFF01;
  constexpr char32_t kLast = 0xFF5E;
  if (c == 0x3000) {
    return U' ';
  }
  return c >= kFirst && c <= kLast ? c - kFirst + U'!' : c;
}

}  // namespace kyujin::schema
