// Spelling rules of katakana words.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <string_view>

namespace kyujin::text {

// Returns `word` without its last ー if it is all katakana and at least three morae remain:
// サーバー and サーバ are one word, カー and カ are not. Only the last mark counts.
std::string_view WithoutFinalLongVowel(std::string_view word);

}  // namespace kyujin::text
