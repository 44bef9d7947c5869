// The syntax of `q` and `q_not` (API.md 2): words, phrases, negatives and OR, before any analysis.
// First step of the walk from typed words to a WordQuery; canonical requests hold what FormatQuery
// writes.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

// One typed word or phrase, width folded.
struct SyntaxWord {
  std::string text;  // never empty; of a phrase: without quotes, inner spaces single
  bool quoted = false;
  bool excluded = false;
  bool joined = false;  // by OR with the word before it; both are positive
  friend bool operator==(const SyntaxWord&, const SyntaxWord&) = default;
};

// Reads the words of `text` in typed order. Every text has a meaning:
//  - U+0020 and U+3000 separate words. Half and full width are the same.
//  - A word that starts with - － or − and goes on is excluded. A minus alone is an ordinary word.
//  - A quote (" ＂ “ ”) at a word's start opens a phrase when a later quote closes it; any quote
//  closes. What
//    follows the closing quote begins a new word. Any other quote is an ordinary character.
//  - OR (upper case, half or full width, not quoted) joins the words beside it when both are
//  positive. At an end
//    of the text, beside a negative or beside another OR it is ignored.
//  - Phrases without content are ignored.
std::vector<SyntaxWord> ParseQuerySyntax(std::string_view text);

// The same for `q_not`: every word is excluded by being there, so minus signs are ordinary
// characters and OR is ignored.
std::vector<SyntaxWord> ParseExcludedSyntax(std::string_view text);

// Returns one text for `words`: ParseQuerySyntax reads the same words from it, and equal words give
// equal bytes.
std::string FormatQuery(const std::vector<SyntaxWord>& words);

}  // namespace kyujin::query
