#include "engine/query/query_parser.h"

#include <optional>
#include <utility>

#include "engine/query/word_expander.h"

namespace kyujin::query {
namespace {

void JoinClauses(std::vector<WordClause>* clauses) {
  WordClause joined;
  for (WordClause& clause : *clauses) {
    for (Word& word : clause.alternatives) {
      joined.alternatives.push_back(std::move(word));
    }
  }
  clauses->clear();
  clauses->push_back(std::move(joined));
}

}  // namespace

WordQuery BuildWordQuery(const QueryText& text, text::Analyzer* analyzer) {
  WordExpander words(analyzer);
  WordQuery query;
  query.fields = text.fields;
  for (const SyntaxWord& typed : text.words) {
    std::optional<Word> word = words.Expand(typed);
    if (typed.excluded) {
      if (word) {
        query.excluded.push_back(*std::move(word));
      }
      continue;
    }
    // A dropped word still opens its clause, so that what OR joins to it does not slip into the
    // clause before.
    if (!typed.joined || query.clauses.empty()) {
      query.clauses.emplace_back();
    }
    if (word) {
      query.clauses.back().alternatives.push_back(*std::move(word));
    }
  }
  std::erase_if(query.clauses,
                [](const WordClause& clause) { return clause.alternatives.empty(); });
  for (SyntaxWord typed : text.excluded_words) {
    typed.excluded = true;  // by being there
    if (std::optional<Word> word = words.Expand(typed)) {
      query.excluded.push_back(*std::move(word));
    }
  }
  if (text.joins_words && query.clauses.size() > 1) {
    JoinClauses(&query.clauses);
  }
  return query;
}

}  // namespace kyujin::query
