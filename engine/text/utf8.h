// UTF-8 by code points: decoding that never fails, and the few character classes of Japanese that
// value parsers and the analyzer ask for. Broken bytes decode to U+FFFD, one per maximal broken
// sequence, as Unicode recommends.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kyujin::text {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

// One code point as it stands in a string.
struct Utf8Char {
  char32_t value = 0;
  uint32_t size = 0;   // bytes it takes: 1 to 4, for broken bytes 1 to 3
  bool valid = false;  // false: broken bytes, `value` is U+FFFD
};

// What DecodeUtf8Char does for bytes that it cannot read at once.
Utf8Char DecodeMultibyte(std::string_view text);

// Returns the code point at the start of `text`. Requires: `text` is not empty. Inlined by force:
// it runs several times for each character of a text, and a call costs as much as it does.
[[gnu::always_inline]] inline Utf8Char DecodeUtf8Char(std::string_view text) {
  const auto first = static_cast<uint8_t>(text.front());
  if (first < 0x80) {
    return {first, 1, true};
  }
  // Kana and kanji: three bytes, with no special case for the second (E0 and ED have one).
  if (first >= 0xE1 && first <= 0xEC && text.size() >= 3) {
    const auto second = static_cast<uint8_t>(text[1]);
    const auto third = static_cast<uint8_t>(text[2]);
    if ((second & 0xC0U) == 0x80 && (third & 0xC0U) == 0x80) {
      return {((first & 0xFU) << 12U) | ((second & 0x3FU) << 6U) | (third & 0x3FU), 3, true};
    }
  }
  return DecodeMultibyte(text);
}

// Takes the first code point off `*rest` and returns it. Requires: `*rest` is not empty.
[[gnu::always_inline]] inline char32_t DecodeUtf8(std::string_view* rest) {
  const Utf8Char c = DecodeUtf8Char(*rest);
  rest->remove_prefix(c.size);
  return c.value;
}

// Appends `c` in UTF-8; a value that is no code point becomes U+FFFD.
void AppendUtf8(char32_t c, std::string* out);

// Returns whether `text` is well-formed UTF-8 (no surrogates, no overlong forms).
bool IsValidUtf8(std::string_view text);

// Returns how many code points `text` has; a maximal broken sequence counts as one.
size_t CountCodePoints(std::string_view text);

// Returns the first `count` code points of `text`, all of it if it has fewer.
std::string_view FirstCodePoints(std::string_view text, size_t count);

// Returns the longest start of `text` of at most `max_bytes` that cuts no code point.
std::string_view FirstBytes(std::string_view text, size_t max_bytes);

// Hiragana with its iteration marks.
constexpr bool IsHiragana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || (c >= 0x309D && c <= 0x309F);
}

// Katakana with the long-vowel mark ー and iteration marks, half width and small letters for Ainu
// included; not the middle dot ・.
constexpr bool IsKatakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FF) ||
         (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xFF66 && c <= 0xFF9F);
}

// Chinese characters of every plane, compatibility forms, 々 and 〇.
constexpr bool IsKanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
         c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

constexpr bool IsAsciiLetter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

constexpr bool IsAsciiDigit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

}  // namespace kyujin::text
