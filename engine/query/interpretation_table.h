// The interpretation lexicons of dict/, compiled into the binary: what phrases, job names and short
// place names inside `q` mean. phrase_lexicon.h and place_lexicon.h read them. Private to
// engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kyujin::query {

// Beside what a phrase is understood when it is written together with other words.
enum class Glue : uint8_t {
  kAny,    // anything
  kKnown,  // only beside what is understood, too
  kAlone,  // nothing: the words must be the phrase
};

// What a line of dict/interpretation_phrases.csv means.
struct PhraseMeaning {
  std::string_view parameters;  // `&` between them; empty: known to be plain words
  std::string_view values;      // `&` between them, `|` between those of a list; {1} is a number
  uint64_t minimum;             // of the first number
  uint64_t maximum;
  Glue glue;
};

// Numbers stand as `#`.
struct Phrase {
  std::string_view text;
  uint16_t meaning;  // index in PhraseMeanings()
};

struct OccupationName {
  std::string_view name;
  std::string_view code;
  Glue glue;
};

// How a municipality's name without 市 and the like is read.
enum class BarePlaceUse : uint8_t {
  kPlace,
  kWord,   // never as the place
  kOffer,  // as a word; that it is a place, too, is only offered
};

struct BarePlaceName {
  std::string_view name;
  BarePlaceUse use;
};

struct StationName {
  std::string_view name;         // without 駅
  std::string_view prefectures;  // two digits each, `|` between them
  BarePlaceUse use;              // without 駅
  std::string_view others;       // names of stations at the same place, `|` between them
};

std::span<const PhraseMeaning> PhraseMeanings();
// By bytes of the text; equal texts differ in the range of their number.
std::span<const Phrase> Phrases();
// By bytes of the name.
std::span<const OccupationName> OccupationNames();
std::span<const BarePlaceName> BarePlaceNames();
std::span<const StationName> StationNames();

}  // namespace kyujin::query
