// A stretch of a text that may become a token: what the token writer makes of morphemes, and what
// negation looks at.
// Thread rule: a plain value; holds views of the text and of the dictionary.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/text/mecab_tokenizer.h"
#include "engine/text/word_table.h"

namespace kyujin::text {

// Bytes [begin, end) of a normalised text.
struct WordSpan {
  size_t begin = 0;
  size_t end = 0;
  WordClass word_class = WordClass::kWord;
  bool is_zero = false;
  bool is_known = false;
  std::string_view base = {};
  const WordEntry* entry = nullptr;
};

}  // namespace kyujin::text
