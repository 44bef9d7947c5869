// WordExpander: from one typed word to the forms that count as it: the word as typed, what its
// letters may be read as, and other words for the same. Private to engine/query.
//
// Thread rule: **Confined to one thread.**
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/query_syntax.h"
#include "engine/query/word_query.h"
#include "engine/text/analyzer.h"

namespace kyujin::query {

inline constexpr size_t kMaxForms = 64;

// Holds a reference to the analyzer.
class WordExpander {
 public:
  explicit WordExpander(text::Analyzer* analyzer) : analyzer_(analyzer) {}

  // Returns the word with its forms, the typed one first; at most kMaxForms. Nothing when it has no
  // tokens. Of a quoted or excluded word only the typed form, with the spelling variants that
  // analysis makes equal.
  std::optional<Word> Expand(const SyntaxWord& typed);

 private:
  // Adds other ways to write `text` that analysis of one text cannot make equal.
  void AddSpellings(const std::string& text, Word* word);
  void AddSynonyms(const std::string& text, Word* word);
  // Adds what `text`, when it is kana or letters that spell some, may be written as.
  void AddReadings(const std::string& text, Word* word);
  void AddReading(const std::string& katakana, Word* word);
  void AddPlacesRead(std::string_view katakana, Word* word);
  // Fills `tokens_` by those of `text` that are whole words.
  void Analyze(std::string_view text);
  void AddInside(std::string_view text, MatchKind kind, uint16_t weight, Word* word);
  void AddNameInKana(const std::string& text, Word* word);
  // Whether the whole words of `text` leave out nothing of it; whether it is one of them.
  bool IsWhole(std::string_view text);
  bool IsOneToken(std::string_view text);
  // Adds `text` as analysed, unless it has no tokens or is there.
  void AddForm(std::string_view text, MatchKind kind, uint16_t weight, Word* word);

  // The same with what was analysed last.
  void AddTokens(MatchKind kind, uint16_t weight, Word* word);

  text::Analyzer* analyzer_;
  std::vector<text::Token> tokens_;
};

}  // namespace kyujin::query
