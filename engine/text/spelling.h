// The second step from text to terms: spellings of one word that differ in single characters become
// one before MeCab sees them. Postings, queries and the dictionaries go through it.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include "engine/text/normalizer.h"
#include "engine/text/word_table.h"

namespace kyujin::text {

// Rewrites `*text`, offsets included, with `*scratch` as a buffer:
//  - variant kanji become the usual ones (dict/variant_kanji.csv: 髙橋, 渡邊);
//  - ヴァ ヴィ ヴ … become バ ビ ブ …, ヶ and ヵ become ケ and カ;
//  - 々々 repeats two kanji (部分々々), ゝ and ヽ the kana before them;
//  - a hyphen or dash inside a katakana word becomes ー (サ-バ), but not between two words
//    (パート-アルバイト); `words` tells which are words, without it none is.
void UnifySpelling(const WordTable* words, NormalizedText* text, NormalizedText* scratch);

}  // namespace kyujin::text
