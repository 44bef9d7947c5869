// ScoreExplainer: why a hit has its score: what every form of every word adds in every field, and
// recency. The parts add up to the score exactly. For the documents of a page; not for ranking.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/query/word_query.h"
#include "engine/search/recency.h"
#include "engine/search/search_result.h"
#include "engine/search/word_lists.h"

namespace kyujin::search {

// Confined to one thread. Holds references to everything it is made with.
class ScoreExplainer {
 public:
  // `lists`: of the same words and snapshot.
  ScoreExplainer(const query::WordQuery& words,
                 const index::Snapshot& snapshot,
                 const Recency& recency,
                 WordLists* lists,
                 WordMemory* memory)
      : words_(words), snapshot_(snapshot), recency_(recency), lists_(*lists), memory_(*memory) {}

  // Cost: a look into some blocks for each form and field. Errors: kCorruption.
  Result<HitExplanation> Explain(const Hit& hit);

 private:
  // A form of a word, and what the collection says of the word.
  struct ValuedForm {
    const query::Word& word;
    size_t form;
    const WordStatistics& statistics;

    [[nodiscard]] const query::WordForm& get() const { return word.forms[form]; }
  };
  Status AddForm(const ValuedForm& form, const Hit& hit, WordContributions* contributions);
  Status AddTerm(const ValuedForm& form,
                 schema::SearchField field,
                 const Hit& hit,
                 WordContributions* contributions);
  Result<uint32_t> PhraseFrequency(const query::WordForm& form,
                                   schema::SearchField field,
                                   const Hit& hit);
  // Empty when the document does not have the term.
  Result<std::vector<index::Posting>> PostingOf(const std::string& term, const Hit& hit);
  [[nodiscard]] uint32_t LengthOf(schema::SearchField field, const Hit& hit) const;

  const query::WordQuery& words_;
  const index::Snapshot& snapshot_;
  const Recency& recency_;
  WordLists& lists_;
  WordMemory& memory_;
};

}  // namespace kyujin::search
