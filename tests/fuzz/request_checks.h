// What must hold of every request that was read, whatever the bytes: its limits, and that its
// canonical bytes are a request that means the same.
#pragma once

#include <memory>
#include <string>

#include "engine/base/json.h"
#include "engine/query/frozen_query.h"
#include "engine/query/request_parser.h"
#include "engine/text/analyzer.h"
#include "server/http/url.h"

namespace kyujin {

inline text::Analyzer& FuzzAnalyzer() {
  static text::Analyzer analyzer = [] {
    auto model = text::AnalyzerModel::Load();
    KYUJIN_CHECK(model.has_value());
    return text::Analyzer(*model);
  }();
  return analyzer;
}

inline void CheckErrors(const query::ParseOutcome& outcome) {
  JsonWriter writer;
  writer.StartArray();
  for (const query::ParameterError& error : outcome.errors) {
    KYUJIN_CHECK(!error.reason.empty());
    writer.String(error.value);
  }
  writer.EndArray();
  KYUJIN_CHECK(outcome.errors.size() <= 100);
}

// What was read in the words must be what the parameters say.
inline void CheckInterpretation(const query::SearchRequest& request) {
  const auto pairs = http::ParseQuery(request.as_parameters);
  KYUJIN_CHECK(pairs.has_value());
  const query::ParseOutcome read = query::ParseSearchParameters(*pairs, &FuzzAnalyzer());
  // Folding may make a text longer than what may be sent.
  if (read.has_request()) {
    KYUJIN_CHECK(read.request.canonical == request.as_parameters);
    KYUJIN_CHECK(read.request.as_parameters == request.as_parameters);
    KYUJIN_CHECK(read.request.filters.size() == request.filters.size());
    KYUJIN_CHECK(read.request.words.clauses.size() == request.words.clauses.size());
    KYUJIN_CHECK(read.request.sort == request.sort);
  }
  for (const query::InterpretationChip& chip : request.interpretation) {
    KYUJIN_CHECK(!chip.text.empty() && !chip.meaning.value.empty() && !chip.meaning.label.empty());
  }
}

inline void CheckWords(const query::WordQuery& words) {
  for (const query::WordClause& clause : words.clauses) {
    for (const query::Word& word : clause.alternatives) {
      KYUJIN_CHECK(!word.forms.empty() && word.forms[0].kind == query::MatchKind::kWord);
      for (const query::WordForm& form : word.forms) {
        KYUJIN_CHECK(!form.parts.empty() && form.weight <= query::kAsTypedWeight);
      }
    }
  }
}

// What is saved of a request is read back as itself, whole and in pieces.
inline void CheckFrozen(const query::SearchRequest& request) {
  const query::FreezeOutcome frozen = query::FreezeRequest(request);
  if (!frozen.has_query()) {
    return;
  }
  const query::ParseOutcome read = query::ParseFrozenQuery(frozen.query.canonical, &FuzzAnalyzer());
  KYUJIN_CHECK(read.has_request());
  KYUJIN_CHECK(read.request.canonical == frozen.query.canonical);
  KYUJIN_CHECK(query::FreezeRequest(read.request).query.canonical == frozen.query.canonical);
  KYUJIN_CHECK(read.request.filters.size() == request.filters.size());
  KYUJIN_CHECK(read.request.words.clauses.size() == request.words.clauses.size());
  KYUJIN_CHECK(read.request.words.excluded.size() == request.words.excluded.size());
  size_t filters = 0;
  size_t words = 0;
  for (const std::string& part : query::SplitFrozenQuery(frozen.query.canonical)) {
    const query::ParseOutcome piece = query::ParseFrozenQuery(part, &FuzzAnalyzer());
    KYUJIN_CHECK(piece.has_request());
    filters += piece.request.filters.size();
    words += piece.request.words.is_symbols ? 0 : piece.request.words.clauses.size();
    words += piece.request.words.excluded.size();
  }
  KYUJIN_CHECK(filters == request.filters.size());
  KYUJIN_CHECK(words == (request.words.is_symbols ? 0 : request.words.clauses.size()) +
                            request.words.excluded.size());
}

inline void CheckOutcome(const query::ParseOutcome& outcome) {
  if (!outcome.has_request()) {
    CheckErrors(outcome);
    return;
  }
  const query::SearchRequest& request = outcome.request;
  KYUJIN_CHECK(request.limit <= query::kMaxLimit && request.offset <= query::kMaxOffset);
  KYUJIN_CHECK(request.sort != query::Sort::kRelevance || request.words.has_scoring_words());
  CheckInterpretation(request);
  CheckWords(request.words);
  CheckFrozen(request);
  const auto pairs = http::ParseQuery(request.canonical);
  KYUJIN_CHECK(pairs.has_value());
  const query::ParseOutcome again = query::ParseSearchParameters(*pairs, &FuzzAnalyzer());
  // Folding may make a text longer than what may be sent (㍿ becomes four characters).
  if (again.has_request()) {
    KYUJIN_CHECK(again.request.canonical == request.canonical);
    KYUJIN_CHECK(again.request.filters.size() == request.filters.size());
    KYUJIN_CHECK(again.request.sort == request.sort);
  } else {
    KYUJIN_CHECK(again.errors[0].parameter.starts_with("q"));
  }
}

}  // namespace kyujin
