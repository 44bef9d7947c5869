// What the analyzer makes of a text: tokens. Each becomes a term of the index (with its field's
// prefix) or of a query.
// Thread rule: plain values. **Thread-compatible.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kyujin::text {

// The limits of one analysis; the same for postings and queries.
inline constexpr size_t kMaxTextBytes = 262'144;   // original bytes; the rest is not analysed
inline constexpr size_t kMaxSentenceBytes = 2048;  // normalised bytes given to MeCab at once
inline constexpr size_t kMaxRunBytes = 256;        // of one class of characters (see splitter)
inline constexpr size_t kMaxTermBytes = 192;       // a longer token keeps its first bytes

// How far positions jump where words do not follow each other; see Token::position.
inline constexpr uint32_t kSymbolGap = 1;
inline constexpr uint32_t kSentenceGap = 8;

// One word of a text.
struct Token {
  // Normalised, 1 to kMaxTermBytes bytes of valid UTF-8.
  std::string text;

  // Counts words from 0, so that phrases can be matched. Each token stands one after the token
  // before it, and further where something separates them:
  //  - nothing or spaces (U+3000 included, it may stand inside a word): no gap;
  //  - one ASCII symbol between ASCII letters or digits (node.js, 1,800, wi-fi): no gap;
  //  - other symbols and punctuation, however many (看護師・介護士): kSymbolGap;
  //  - an end of sentence (。 ! ? or a line break): kSentenceGap.
  uint32_t position = 0;

  // Bytes [begin, end) of the original text. Tokens come in order of `begin` and overlap only
  // where one original character became several words (㈱, ㍿).
  uint32_t begin = 0;
  uint32_t end = 0;

  // Nothing at all stands between the token before and this one: both are parts of one written
  // run, such as 看護 and 師.
  bool follows_directly = false;

  friend bool operator==(const Token&, const Token&) = default;
};

}  // namespace kyujin::text
