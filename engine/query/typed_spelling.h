// SpellingsOf: the other ways to write a typed word that no analysis of one text makes equal, for
// it would change other words, too. Second step of a word's way to its forms (word_expander.h).
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

// Returns the spellings of `text`, a normalised word, beside itself; mostly none:
//  - without the quotes inside it (経理"業務);
//  - without hyphens between letters and katakana (wi-fi, e-ラーニング);
//  - with が for ケ or ヶ between two kanji and the other way round (霞が関), and の for ノ
//  (溝の口).
std::vector<std::string> SpellingsOf(std::string_view text);

}  // namespace kyujin::query
