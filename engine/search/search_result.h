// SearchResult: what a search found, as numbers; server/api turns it into JSON.
//
// Thread rule: Thread-compatible.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/types.h"
#include "engine/query/cursor.h"
#include "engine/query/word_query.h"
#include "engine/schema/facet.h"

namespace kyujin::search {

// One document of the page.
struct Hit {
  uint32_t segment = 0;
  DocId doc = 0;
  uint64_t sort_key = 0;
  int64_t score = 0;                  // in 65536ths; 0 unless ordered by relevance
  std::optional<double> distance_km;  // from the request's point, if there is one
  bool partial = false;               // only pieces of words match
};

// The views live as long as the program.
struct FacetCount {
  std::string_view code;
  std::string_view label;  // Japanese
  uint64_t count = 0;
  bool selected = false;
  bool excluded = false;  // conditions only: asked for with a minus
};

struct FacetResult {
  schema::Facet facet = schema::Facet::kPref;
  std::vector<FacetCount> counts;  // in the order of the answer
};

// What one form of a word adds in one field, in 65536ths.
struct FieldContribution {
  schema::SearchField field = schema::SearchField::kTitle;
  std::string form;  // its terms, separated by spaces
  query::MatchKind kind = query::MatchKind::kWord;
  uint32_t frequency = 0;
  uint64_t score = 0;
};

struct WordContributions {
  std::string word;  // as typed
  std::vector<FieldContribution> fields;
};

// The terms of a hit's score: they add up to it exactly.
struct HitExplanation {
  std::vector<WordContributions> words;
  uint64_t recency = 0;
};

struct SearchResult {
  uint64_t total = 0;
  uint64_t total_positions = 0;
  std::vector<Hit> hits;
  std::vector<HitExplanation> explanations;  // one for each hit, when asked for
  std::vector<FacetResult> facets;
  std::vector<std::string>
      partial_words;  // typed words that were also looked for inside longer ones
  // The words as they were looked for, when that is with partial_words.
  std::optional<query::WordQuery> expanded_words;
  std::optional<query::Cursor> next;  // nothing on the last page
  bool generation_changed = false;    // the request's cursor was made in another generation
};

}  // namespace kyujin::search
