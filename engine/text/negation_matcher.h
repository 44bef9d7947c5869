// Finds what takes a word back: なし, はありません, 不可. Reads the patterns of dict/negation.csv.
// Thread rule: functions only, nothing is shared. **Immutable.**
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/text/text_tables.h"

namespace kyujin::text {

// A pattern found: its bytes after the word, 0 for none.
struct Negation {
  size_t size = 0;
  NegationKind kind = NegationKind::kNone;
};

// Returns the longest pattern at the start of `rest`, the normalised text after a word, that ends
// before `limit` bytes and where `ends_word` says that a word ends.
Negation FindNegation(std::string_view rest);

// Returns the longest pattern shorter than `than` bytes at the start of `rest`.
Negation FindNegation(std::string_view rest, size_t than);

// Returns whether `word`, negated, negates the word before it too.
bool IsNegationHead(std::string_view word);

// Returns the group of the words that `word` is negated together with, 0 for none.
unsigned NegationGroup(std::string_view word);

// Returns whether `word` stays as it is whatever follows.
bool IsNeverNegated(std::string_view word);

}  // namespace kyujin::text
