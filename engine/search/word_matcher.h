// WordMatcher: the words of a request against the words of the index. It finds the matching
// documents of each segment and, for relevance, what every word is worth in every field.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/word_query.h"
#include "engine/search/word_weight.h"

namespace kyujin::search {

// The postings of one form of a scoring word in one field, and its weight there.
struct WeightedPostings {
  std::shared_ptr<const std::vector<index::Posting>> postings;
  schema::SearchField field;
  WordWeight weight;
};

// What the words found in one segment.
struct WordMatches {
  Bitmap documents;
  std::vector<WeightedPostings> scoring;  // empty unless scores were asked for
};

enum class Scoring : uint8_t { kNo, kYes };

// Confined to one thread. Holds references to everything it is made with.
class WordMatcher {
 public:
  WordMatcher(const query::WordQuery& words,
              const index::Snapshot& snapshot,
              index::TextReaders* readers,
              Deadline deadline);

  // Returns those of `candidates` in segment `segment` that match. Errors: kDeadlineExceeded,
  // kCorruption.
  Result<WordMatches> Match(uint32_t segment, BitmapView candidates, Scoring scoring);

 private:
  using FieldPostings = std::shared_ptr<const std::vector<index::Posting>>;

  // Decodes a term, or matches a phrase, once per segment and request.
  Result<FieldPostings> PostingsOf(const std::string& term);
  Result<FieldPostings> MatchInField(const query::WordForm& form,
                                     schema::SearchField field,
                                     BitmapView candidates);
  // Adds to `found` the candidates that hold `word` in one of the fields; with `matches`, notes
  // them for scoring.
  Status MatchWord(const query::Word& word,
                   BitmapView candidates,
                   Bitmap* found,
                   WordMatches* matches);
  Status MatchForm(const query::WordForm& form,
                   schema::SearchField field,
                   BitmapView candidates,
                   Bitmap* found,
                   WordMatches* matches);
  Result<WordWeight> WeightOf(const query::WordForm& form, schema::SearchField field);
  [[nodiscard]] FieldStatistics StatisticsOf(schema::SearchField field) const;

  const query::WordQuery& words_;
  const index::Snapshot& snapshot_;
  index::TextReaders* readers_;
  Deadline deadline_;
  index::TextReader* reader_ = nullptr;  // of the segment being matched
  std::map<std::string, FieldPostings, std::less<>>
      decoded_;  // of the segment being matched; phrases among the candidates
  std::map<std::string, uint64_t, std::less<>> document_frequencies_;  // of all segments
};

}  // namespace kyujin::search
