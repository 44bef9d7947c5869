// PartialExpander: forms under which a word may be found inside longer ones (API.md 3), from the
// vocabularies of the segments. What it makes are ordinary forms of the kind kPartial: the matcher
// knows nothing of partial words.
//
// Inside one word, unless that is the name of a place or closed by dict/; and over several words
// from the start of the first to the end of the last, when the text was cut elsewhere than the
// query (有料配信 in 無観客 / 有料 / 配信 / イベント). A form is always made of whole words of the
// index, so nothing begins or ends inside a word that it leaves.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/word_query.h"
#include "engine/search/vocabulary.h"
#include "engine/text/analyzer.h"

namespace kyujin::search {

// At most so many words are ORed for one typed word, and so many ways to cut it are tried.
inline constexpr size_t kMaxPartialWords = 200;
inline constexpr size_t kMaxPartialPhrases = 24;

// Confined to one thread. Holds references to everything it is made with.
class PartialExpander {
 public:
  PartialExpander(const index::Snapshot& snapshot,
                  index::TextReaders* readers,
                  VocabularyCache* vocabularies,
                  text::Analyzer* analyzer)
      : snapshot_(snapshot), readers_(readers), vocabularies_(vocabularies), analyzer_(analyzer) {}

  // Adds to `word` the forms under which it may be found inside words of `fields`. Returns whether
  // there are any. Requires: not quoted. Errors: kCorruption.
  Result<bool> Expand(query::SearchFieldMask fields, query::Word* word);

 private:
  Status LoadVocabularies();
  [[nodiscard]] bool Has(std::string_view word) const;
  // Whether `typed` may be found inside `holder`: inside one part of it where dict/ gives parts,
  // never across them, nor where no part stands.
  [[nodiscard]] bool ReachesInto(std::string_view holder, std::string_view typed);
  void AddHolders(std::string_view typed, query::Word* word);
  void AddPhrases(std::string_view typed, query::Word* word);
  // Extends `pieces`, which cover the start of the text, to its end with `left` more.
  void Cut(std::string_view rest,
           size_t left,
           std::vector<std::string_view>* pieces,
           query::Word* word);

  const index::Snapshot& snapshot_;
  index::TextReaders* readers_;
  VocabularyCache* vocabularies_;
  text::Analyzer* analyzer_;
  std::vector<text::Token> tokens_;
  std::vector<std::shared_ptr<const Vocabulary>> words_;  // one a segment, once loaded
  query::SearchFieldMask fields_ = 0;
};

}  // namespace kyujin::search
