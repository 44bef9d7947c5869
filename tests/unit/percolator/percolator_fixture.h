// Postings and queries of the percolator's tests, written as briefly as can be.
#pragma once

#include <string>
#include <string_view>

#include "engine/percolator/clause.h"
#include "engine/percolator/posting_facts.h"
#include "engine/query/frozen_query.h"
#include "engine/schema/job_posting.h"
#include "tests/testing/index_builder.h"

namespace kyujin::percolator {

inline constexpr Date kDay = Date::FromDays(20'000);

inline schema::JobPosting PostingOf(std::string_view title, std::string_view description = "") {
  schema::JobPosting posting;
  posting.number = schema::PostingNumber::FromValue(1301012345678);
  posting.feed.Set(schema::Tag::kSksu, title);
  posting.feed.Set(schema::Tag::kShigotoNy, description);
  return posting;
}

inline PostingFacts FactsOf(const schema::JobPosting& posting) {
  PostingFacts facts;
  PostingReader(test::SharedModel()).Read(posting, &facts);
  return facts;
}

// The canonical bytes of a search for words, q_in and the like.
inline std::string Frozen(const query::ParameterPairs& pairs) {
  text::Analyzer analyzer(test::SharedModel());
  const query::ParseOutcome outcome = query::ParseSearchParameters(pairs, &analyzer);
  KYUJIN_CHECK(outcome.has_request());
  const query::FreezeOutcome frozen = query::FreezeRequest(outcome.request);
  KYUJIN_CHECK(frozen.has_query());
  return frozen.query.canonical;
}

inline std::string FrozenWords(std::string_view q) {
  return Frozen({{"q", std::string(q)}, {"interpret", "off"}});
}

inline Clause ClauseOf(std::string_view canonical) {
  text::Analyzer analyzer(test::SharedModel());
  Result<Clause> clause = CompileClause(canonical, &analyzer);
  KYUJIN_CHECK(clause.has_value());
  return std::move(*clause);
}

}  // namespace kyujin::percolator
