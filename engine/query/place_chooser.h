// PlaceChooser: which of its meanings a place has beside the other places of the same words:
// 東京 府中 is 府中市 of Tokyo, 横浜市 西区 is that ward and not all of 横浜市. Private to
// engine/query.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <cstddef>
#include <vector>

#include "engine/query/word_segmenter.h"

namespace kyujin::query {

// What some of the typed words, side by side, were taken apart into.
struct TypedPieces {
  size_t first = 0;  // index of the first word
  size_t count = 0;
  std::vector<Piece> pieces;  // empty: the words are left alone
};

// Whether the place is a whole designated city.
bool IsDesignatedCity(const PlaceMeaning& meaning);

// Whether `meaning` is applied when `first` is the best one of a name.
bool IsFirstChoice(const PlaceMeaning& meaning, const PlaceMeaning& first);

// Drops the meanings of ambiguous places that lie outside all other places that hold one of them,
// and takes a city into the piece after it that names one of its wards.
void ChoosePlaces(std::vector<TypedPieces>* read);

}  // namespace kyujin::query
