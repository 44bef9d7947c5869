// What the analyzer makes of a text: tokens. Each becomes a term of the index (with its field's
// prefix) or of a query.
// Thread rule: plain values. **Thread-compatible.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kyujin::text {

// The limits of one analysis; the same for postings and queries.
inline constexpr size_t kMaxTextBytes = 262'144;   // original bytes; the rest is not analysed
inline constexpr size_t kMaxSentenceBytes = 2048;  // normalised bytes given to MeCab at once
inline constexpr size_t kMaxRunBytes = 256;        // of one class of characters (see splitter)
inline constexpr size_t kMaxTermBytes = 192;       // a longer token keeps its first bytes

// How far positions jump where words do not follow each other; see Token::position.
inline constexpr uint32_t kSymbolGap = 1;
inline constexpr uint32_t kStopWordGap = 1;
inline constexpr uint32_t kSentenceGap = 8;

// What stands before the term of a part of a compound, and before that of a word that the text
// takes back.
inline constexpr char kPartMarker = '~';
inline constexpr char kNegationMarker = '!';

// Returns whether `term` is that of a part.
constexpr bool IsPartTerm(std::string_view term) {
  return term.starts_with(kPartMarker);
}

// One word of a text.
struct Token {
  // The term, without a field's prefix: 1 to kMaxTermBytes bytes of valid UTF-8. A word stands
  // plainly (看護師); a part of a compound begins with ~ (~看護) and follows the whole; a word that
  // the text takes back begins with ! (夜勤なし: !夜勤). No other term holds these marks.
  std::string text;

  // Counts words from 0, so that phrases can be matched. Each word stands right after the word
  // before it, and further where something separates them:
  //  - nothing or spaces (U+3000 included, it may stand inside a word): no gap;
  //  - one ASCII symbol between ASCII letters or digits (node.js, wi-fi): no gap;
  //  - a prefix of politeness (手作りお弁当): no gap;
  //  - other symbols and punctuation, however many (看護師・介護士): kSymbolGap;
  //  - an end of sentence (。 ! ? or a line break): kSentenceGap.
  // Words that are no terms (の, します) count as one more, however many. Parts of a compound take
  // consecutive positions; the whole stands at that of its first part.
  uint32_t position = 0;

  // Positions it covers, at least 1: as many as the compound has parts.
  uint32_t width = 1;

  // Bytes [begin, end) of the original text. Tokens come in order of `begin`. Words overlap
  // only where one original character became several (㈱, ㍿), parts lie inside their compound.
  uint32_t begin = 0;
  uint32_t end = 0;

  // Nothing at all stands between the token before and this one: both are parts of one written
  // run, such as 看護 and 師.
  bool follows_directly = false;

  friend bool operator==(const Token&, const Token&) = default;
};

}  // namespace kyujin::text
