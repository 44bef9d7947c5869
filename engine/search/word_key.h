// Word keys: the bytes that say which documents and fields a word asks for and with which weights.
// Caches are keyed by them, and what is hot is remembered by them from one run of a server to the
// next.
//
// Thread rule: Immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/query/word_query.h"

namespace kyujin::search {

// Returns equal bytes for words that find and score the same.
std::string WordKey(const query::Word& word, query::SearchFieldMask fields);

struct KeyedWord {
  query::Word word;  // without its typed text and the kinds of its forms
  query::SearchFieldMask fields = 0;
};

// Returns a word of that key, or nothing when no word has it.
std::optional<KeyedWord> ParseWordKey(std::string_view key);

}  // namespace kyujin::search
