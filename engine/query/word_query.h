// WordQuery: the words of a request after analysis. API.md 2: words are ANDed, OR joins its
// neighbours and binds tighter, so the whole is an AND of clauses, each an OR of words, and a list
// of words that must not match.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/schema/feed_field.h"

namespace kyujin::query {

// How a form answers a word, best first.
enum class MatchKind : uint8_t {
  kWord,     // as typed, or a spelling variant of it
  kPart,     // a part of a compound
  kReading,  // what the typed kana or romaji may be
  kSynonym,  // another word for the same
  kPartial,  // a piece inside longer words
};

// Weights of forms are 256ths of the score of the whole word as typed.
inline constexpr uint16_t kFullWeight = 256;
inline constexpr uint16_t kPartWeight = 232;  // of a form that stands as a part of a compound
inline constexpr uint16_t kReadingWeight = 208;
// Of kana or letters that other words are read as: who writes them means them, so that the postings
// with them, in whatever field (weights 1 to 8), go before those with what they may be.
inline constexpr uint16_t kAsTypedWeight = 50 * kFullWeight;
inline constexpr uint16_t kSynonymWeight = 144;
inline constexpr uint16_t kShortWeight = 128;    // of an abbreviation and what it stands for
inline constexpr uint16_t kNarrowerWeight = 96;  // of a kind of what was typed

// One way to write a word: a term when it has one part, else a phrase of consecutive tokens within
// one field.
struct WordForm {
  struct Part {
    std::string term;     // token text, without field prefix
    uint32_t offset = 0;  // position relative to the first part
  };
  std::vector<Part> parts;  // never empty
  MatchKind kind = MatchKind::kWord;
  uint16_t weight = kFullWeight;
};

// One typed word. It matches where one of its forms does.
struct Word {
  std::string text;  // as typed
  bool quoted = false;
  std::vector<WordForm> forms;  // never empty; the first one is the word as typed
};

// At least one alternative must match.
struct WordClause {
  std::vector<Word> alternatives;
};

// Bit i stands for SearchField i.
using SearchFieldMask = uint16_t;
inline constexpr SearchFieldMask kAllSearchFields = (1U << schema::kSearchFieldCount) - 1;

struct WordQuery {
  std::vector<WordClause> clauses;  // all must match; these words score
  std::vector<Word> excluded;       // none may match
  SearchFieldMask fields = kAllSearchFields;
  bool is_symbols = false;  // nothing typed has tokens: the one clause is found nowhere

  [[nodiscard]] bool has_scoring_words() const { return !clauses.empty() && !is_symbols; }
  [[nodiscard]] bool empty() const { return clauses.empty() && excluded.empty(); }
};

}  // namespace kyujin::query
