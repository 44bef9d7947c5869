#include "engine/query/place_chooser.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "engine/schema/municipality.h"

namespace kyujin::query {
namespace {

uint16_t ToCode(std::string_view digits) {
  uint16_t code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code);
  return code;
}

// Whether municipality `inner` lies in the prefecture or designated city `outer`.
bool LiesIn(const PlaceMeaning& inner, const PlaceMeaning& outer) {
  if (outer.parameter == "pref") {
    return inner.parameter != "pref" && inner.prefecture == outer.prefecture;
  }
  if (inner.parameter != "city") {
    return false;
  }
  const schema::Municipality* place = schema::FindMunicipality(ToCode(inner.value));
  return outer.parameter == "city" && place != nullptr && place->city != 0 &&
         place->city == ToCode(outer.value);
}

bool IsOnePlace(const Piece& piece) {
  return piece.kind == PieceKind::kPlace &&
         (piece.meanings.size() == 1 || !IsFirstChoice(piece.meanings[1], piece.meanings.front()));
}

// Keeps those meanings of `piece` that lie in `outer`, unless none does.
bool Narrow(const Piece& outer, Piece* piece) {
  std::vector<PlaceMeaning> inside;
  for (const PlaceMeaning& meaning : piece->meanings) {
    if (LiesIn(meaning, outer.meanings.front())) {
      inside.push_back(meaning);
      inside.back().rank = PlaceRank::kFullName;
    }
  }
  if (inside.empty()) {
    return false;
  }
  piece->meanings = std::move(inside);
  return true;
}

std::vector<Piece*> PlacesOf(std::vector<TypedPieces>* read) {
  std::vector<Piece*> places;
  for (TypedPieces& typed : *read) {
    for (Piece& piece : typed.pieces) {
      if (piece.kind == PieceKind::kPlace) {
        places.push_back(&piece);
      }
    }
  }
  return places;
}

// A ward after its city names a part of it; the city alone would be added to it.
void JoinWards(std::vector<TypedPieces>* read) {
  for (size_t i = 1; i < read->size(); ++i) {
    TypedPieces& city = (*read)[i - 1];
    TypedPieces& ward = (*read)[i];
    const bool are_places = city.pieces.size() == 1 && ward.pieces.size() == 1 &&
                            IsOnePlace(city.pieces[0]) && ward.pieces[0].kind == PieceKind::kPlace;
    if (are_places && city.pieces[0].meanings.front().parameter == "city" &&
        LiesIn(ward.pieces[0].meanings.front(), city.pieces[0].meanings.front())) {
      ward.pieces[0].text = city.pieces[0].text + " " + ward.pieces[0].text;
      ward.first = city.first;
      ward.count += city.count;
      read->erase(read->begin() + static_cast<ptrdiff_t>(i) - 1);
      --i;
    }
  }
}

}  // namespace

bool IsDesignatedCity(const PlaceMeaning& meaning) {
  return meaning.parameter == "city" && schema::IsDesignatedCity(ToCode(meaning.value));
}

bool IsFirstChoice(const PlaceMeaning& meaning, const PlaceMeaning& first) {
  return meaning.rank == first.rank && meaning.parameter == first.parameter;
}

void ChoosePlaces(std::vector<TypedPieces>* read) {
  const std::vector<Piece*> places = PlacesOf(read);
  for (Piece* piece : places) {
    for (const Piece* outer : places) {
      if (outer != piece && IsOnePlace(*outer) && Narrow(*outer, piece)) {
        break;
      }
    }
  }
  JoinWards(read);
}

}  // namespace kyujin::query
