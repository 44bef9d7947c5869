// Cuts an unknown katakana run into the words it is made of: ジェイティエンジニアリング holds
// エンジニアリング.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/text/word_table.h"

namespace kyujin::text {

// Bytes [begin, end) of the run. `is_known`: a word of the table.
struct KatakanaPiece {
  size_t begin = 0;
  size_t end = 0;
  bool is_known = false;
};

// Sets `*pieces` to those of `run` in order, without a hole: known words of at least three
// characters that leave as little as possible between them, of those ways the one with fewest
// pieces, of these the one whose last pieces are longest. Nothing when `run` holds no known word
// but itself, or more than 64 characters.
void SplitKatakana(const WordTable& words,
                   std::string_view run,
                   std::vector<KatakanaPiece>* pieces);

}  // namespace kyujin::text
