// QueryCorrector: what a person may have meant by words that find nothing: words of the index one
// character away, what was typed in the wrong kind of letters, and the same with a word less. It
// only proposes; whether a proposal finds anything is for a search to say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/query_syntax.h"
#include "engine/query/word_query.h"
#include "engine/search/vocabulary.h"

namespace kyujin::search {

// Confined to one thread. Holds references to everything it is made with.
class QueryCorrector {
 public:
  QueryCorrector(const index::Snapshot& snapshot,
                 index::TextReaders* readers,
                 VocabularyCache* vocabularies)
      : snapshot_(snapshot), readers_(readers), vocabularies_(vocabularies) {}

  // Returns at most `limit` texts of other queries, likeliest first, each unlike `typed`. Errors:
  // kCorruption.
  Result<std::vector<std::string>> Correct(const std::vector<query::SyntaxWord>& typed,
                                           query::SearchFieldMask fields,
                                           size_t limit);

 private:
  // Returns words of the index that `word` may be meant as, those of most documents first.
  Result<std::vector<std::string>> Replacements(std::string_view word,
                                                query::SearchFieldMask fields);
  Result<uint64_t> DocumentsWith(std::string_view word, query::SearchFieldMask fields);

  const index::Snapshot& snapshot_;
  index::TextReaders* readers_;
  VocabularyCache* vocabularies_;
};

}  // namespace kyujin::search
