// The small tables of dict/ that rule the analysis, compiled into the program by
// cmake/generate_text_tables.py: parts of speech, variant characters, negation, units.
// Thread rule: functions only, what they return never changes. **Immutable.**
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kyujin::text {

// What the analyzer does with a morpheme.
enum class WordClass : uint8_t {
  kWord,       // a token, by its surface
  kInflected,  // a token, by its base form
  kNumeral,    // a token; before a counter a kanji numeral becomes digits
  kCounter,    // a token, and what a numeral stands before
  kStop,       // no token, but it keeps words apart
};

struct PartOfSpeech {
  std::string_view feature;  // how the features of the dictionary begin: 名詞,接尾
  WordClass word_class = WordClass::kWord;
};

// The longest feature that fits decides. Longest first.
std::span<const PartOfSpeech> PartsOfSpeech();

// A character that is written for another one: 髙 for 高.
struct CharacterVariant {
  char32_t from = 0;
  char32_t to = 0;
};

// Sorted by `from`.
std::span<const CharacterVariant> CharacterVariants();

// One bit for each character of the basic plane that UnifySpelling may change.
std::span<const uint64_t> ChangedCharacters();

// What a text may say after a word to take it back.
enum class NegationKind : uint8_t {
  kNone,       // 夜勤なし: there is none
  kNoMatter,   // 経験は問いません: any will do
  kNoneAtEnd,  // as kNone, but only where no word goes on (夜勤無)
};

struct NegationPattern {
  std::string_view text;
  NegationKind kind = NegationKind::kNone;
};

// Sorted by text.
std::span<const NegationPattern> NegationPatterns();

// Bits of the hashes of what patterns begin with; see negation_matcher.cc.
std::span<const uint64_t> NegationStarts();

// Words of little meaning: negated, they negate the word before them too (深夜勤務なし). Sorted.
std::span<const std::string_view> NegationHeads();

// Words that a text cannot take back: in 応募の場合は不要 it is not 場合 that is not wanted.
// Sorted.
std::span<const std::string_view> NeverNegated();

// A word that is taken back together with others of its kind: 夜勤・残業なし.
struct GroupedWord {
  std::string_view word;
  uint8_t group = 0;  // from 1 on
};

// Sorted by word.
std::span<const GroupedWord> NegatedTogether();

// Bits of the hashes of what these words begin with; see negation_matcher.cc.
std::span<const uint64_t> NegatedTogetherStarts();

// A unit after a number and the word that is its term: t, トン.
struct Unit {
  std::string_view symbol;
  std::string_view term;
};

// Sorted by symbol.
std::span<const Unit> Units();

// Checksum of all the tables.
uint64_t TextTablesChecksum();

}  // namespace kyujin::text
