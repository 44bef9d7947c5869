#include "engine/query/query_parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engine/query/word_expander.h"
#include "engine/text/normalizer.h"

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

// A word without tokens has a form that is no term of any index: it is found nowhere.
WordClause NotFound(const SyntaxWord& typed) {
  constexpr std::string_view kNoTerm = "∅";
  // Quoted, for nothing is to be found inside of other words either.
  return {{{typed.text, true, {{{{std::string(kNoTerm), 0}}, MatchKind::kWord, kFullWeight}}}}};
}

// Of invisible characters alone nothing was typed.
bool ShowsSomething(const SyntaxWord& typed) {
  return text::Normalize(typed.text).text.find_first_not_of(" \n") != std::string::npos;
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
  const auto typed_positive =
      std::find_if(text.words.begin(), text.words.end(), [](const SyntaxWord& typed) {
        return !typed.excluded && ShowsSomething(typed);
      });
  // Symbols beside words are nothing; alone they are what was asked for.
  if (query.clauses.empty() && typed_positive != text.words.end()) {
    query.clauses.push_back(NotFound(*typed_positive));
    query.is_symbols = true;
  }
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
