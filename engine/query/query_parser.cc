#include "engine/query/query_parser.h"

#include <optional>
#include <utility>

namespace kyujin::query {
namespace {

class WordAnalyzer {
 public:
  explicit WordAnalyzer(text::Analyzer* analyzer) : analyzer_(analyzer) {}

  std::optional<Word> Analyze(const SyntaxWord& typed) {
    analyzer_->Analyze(typed.text, &tokens_);
    // Parts of compounds are for finding postings; what is typed is searched whole.
    std::erase_if(tokens_, [](const text::Token& token) { return text::IsPartTerm(token.text); });
    if (tokens_.empty()) {
      return std::nullopt;
    }
    Word word;
    word.text = typed.text;
    word.quoted = typed.quoted;
    WordForm& form = word.forms.emplace_back();
    for (const text::Token& token : tokens_) {
      form.parts.push_back({token.text, token.position - tokens_.front().position});
    }
    return word;
  }

 private:
  text::Analyzer* analyzer_;
  std::vector<text::Token> tokens_;
};

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
  WordAnalyzer words(analyzer);
  WordQuery query;
  query.fields = text.fields;
  for (const SyntaxWord& typed : text.words) {
    std::optional<Word> word = words.Analyze(typed);
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
  for (const SyntaxWord& typed : text.excluded_words) {
    if (std::optional<Word> word = words.Analyze(typed)) {
      query.excluded.push_back(*std::move(word));
    }
  }
  if (text.joins_words && query.clauses.size() > 1) {
    JoinClauses(&query.clauses);
  }
  return query;
}

}  // namespace kyujin::query
