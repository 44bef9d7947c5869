// Word weights: BM25 of one word in one field, in integers, so that every path and every CPU adds
// up the same score (API.md 3). Formula: Robertson and Zaragoza, The Probabilistic Relevance
// Framework (2009), k1 and b as below; the field's weight is the factor of its rows in the schema.
#pragma once

#include <cstdint>

#include "engine/schema/feed_field.h"

namespace kyujin::search {

inline constexpr double kTermSaturation = 1.2;        // k1
inline constexpr double kLengthNormalisation = 0.75;  // b
inline constexpr double kScoreUnit = 65536.0;

// Collection statistics of a field: sums over all segments, dead documents included.
struct FieldStatistics {
  uint64_t documents = 0;       // in the collection
  uint64_t documents_with = 0;  // that have the field
  uint64_t length_sum = 0;      // tokens
};

// Returns how telling a term is that stands in `document_frequency` of `documents`.
double InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency);

// The score of one word in one field. Thread rule: Immutable.
class WordWeight {
 public:
  // `idf` is that of the term, or the sum over the parts of a phrase.
  WordWeight(double idf, const FieldStatistics& field, uint8_t field_weight);

  // Returns the contribution, in 65536ths, of `frequency` occurrences in a field of `length`
  // tokens.
  [[nodiscard]] int64_t Score(uint32_t frequency, uint32_t length) const;

 private:
  double factor_;
  double average_length_;
};

}  // namespace kyujin::search
