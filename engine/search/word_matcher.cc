#include "engine/search/word_matcher.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kyujin::search {
namespace {

bool HasPhrase(const query::Word& word) {
  return std::any_of(word.forms.begin(), word.forms.end(), [](const query::WordForm& form) {
    return form.parts.size() > 1;
  });
}

// Clauses in the order that narrows the candidates at least cost: single terms before phrases,
// whose positions may have to be read.
std::vector<size_t> CheapestFirst(const std::vector<query::WordClause>& clauses) {
  std::vector<size_t> order(clauses.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_partition(order.begin(), order.end(), [&](size_t i) {
    const auto& alternatives = clauses[i].alternatives;
    return std::none_of(alternatives.begin(), alternatives.end(), HasPhrase);
  });
  return order;
}

void Exclude(const WordList& list, NarrowedBitmap* documents) {
  if (list.is_dense()) {
    documents->AndNot(list.bits());
    return;
  }
  Bitmap& own = documents->Own();
  for (const DocId doc : list.docs()) {
    own.Clear(doc);
  }
}

}  // namespace

WordMatcher::WordMatcher(const query::WordQuery& words,
                         const index::Snapshot& snapshot,
                         CacheSession* cache,
                         WordMemory* memory,
                         Deadline deadline)
    : words_(words),
      snapshot_(snapshot),
      memory_(*memory),
      lists_(snapshot, words.fields, cache, memory, deadline) {}

Result<WordMatches> WordMatcher::Match(uint32_t segment, BitmapView candidates) {
  const uint32_t documents = snapshot_.segments()[segment]->documents();
  WordMatches matches;
  NarrowedBitmap left(documents, candidates, &memory_.bitmaps);
  for (const size_t i : CheapestFirst(words_.clauses)) {
    KYUJIN_ASSIGN_OR_RETURN(const Lists lists, ListsOf(words_.clauses[i], segment, left.view()));
    KeepAny(lists, &left);
    matches.scoring.insert(matches.scoring.end(), lists.begin(), lists.end());
  }
  for (const query::Word& word : words_.excluded) {
    KYUJIN_ASSIGN_OR_RETURN(const WordList* list, lists_.Get(word, segment, left.view()));
    Exclude(*list, &left);
  }
  matches.documents = left.Take();
  return matches;
}

Result<WordMatcher::Lists> WordMatcher::ListsOf(const query::WordClause& clause,
                                                uint32_t segment,
                                                BitmapView candidates) {
  Lists lists;
  for (const query::Word& word : clause.alternatives) {
    KYUJIN_ASSIGN_OR_RETURN(const WordList* list, lists_.Get(word, segment, candidates));
    lists.push_back(list);
  }
  return lists;
}

void WordMatcher::KeepAny(const Lists& lists, NarrowedBitmap* documents) {
  if (lists.size() == 1 && lists.front()->is_dense()) {
    documents->And(lists.front()->bits());
    return;
  }
  PooledBitmap any = memory_.bitmaps.TakeEmpty(documents->bits());
  bool has_dense = false;
  for (const WordList* list : lists) {
    if (list->is_dense()) {
      any->Or(list->bits());
      has_dense = true;
      continue;
    }
    for (const DocId doc : list->docs()) {
      if (documents->view().Test(doc)) {
        any->Set(doc);
      }
    }
  }
  if (has_dense) {
    any->And(documents->view());
  }
  *documents = NarrowedBitmap(std::move(any), &memory_.bitmaps);
}

}  // namespace kyujin::search
