// WordSegmenter: takes one typed word apart into what the lexicons know and the rest
// (看護師夜勤なし渋谷 → 看護師, 夜勤なし, 渋谷). Careful: a word is cut only where what remains is
// whole, so that names such as 大阪屋ショップ stay. Private to engine/query.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/query/phrase_lexicon.h"
#include "engine/query/place_lexicon.h"

namespace kyujin::query {

enum class PieceKind : uint8_t { kWord, kPhrase, kPlace, kOccupation };

struct Piece {
  PieceKind kind = PieceKind::kWord;
  std::string text;
  std::vector<NamedValue> values;      // kPhrase
  std::vector<PlaceMeaning> meanings;  // kPlace
  std::string_view occupation;         // kOccupation: the code
};

// Returns the pieces of `text` in order; one kWord with all of it when nothing is understood. The
// text of the pieces is that of the word but for の, で and the like between them.
std::vector<Piece> SegmentWord(std::string_view text);

}  // namespace kyujin::query
