// Spelling rules of katakana words.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstddef>
#include <string_view>

namespace kyujin::text {

inline constexpr size_t kKatakanaBytes = 3;  // of one in UTF-8

// Whether `text` is katakana and nothing else.
bool IsAllKatakana(std::string_view text);

// Whether a word can begin with the first letter of `katakana`: a small kana, a long vowel or ン
// goes on from what stands before it. Requires: not empty.
bool CanBeginKatakana(std::string_view katakana);

// Returns `word` without its last ー if it is all katakana and at least three morae remain:
// サーバー and サーバ are one word, カー and カ are not. Only the last mark counts.
std::string_view WithoutFinalLongVowel(std::string_view word);

}  // namespace kyujin::text
