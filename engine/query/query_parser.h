// From typed words to a WordQuery: each word is analysed exactly as postings are.
//
// Thread rule: functions only; an Analyzer is confined to one thread.
#pragma once

#include <vector>

#include "engine/query/query_syntax.h"
#include "engine/query/word_query.h"
#include "engine/text/analyzer.h"

namespace kyujin::query {

struct QueryText {
  std::vector<SyntaxWord> words;           // of `q`
  std::vector<SyntaxWord> excluded_words;  // of `q_not`
  bool joins_words = false;                // q_mode=or: all scoring words are one clause
  SearchFieldMask fields = kAllSearchFields;
};

// A word without tokens (symbols only) is dropped, with its clause when nothing else is in it.
WordQuery BuildWordQuery(const QueryText& text, text::Analyzer* analyzer);

}  // namespace kyujin::query
