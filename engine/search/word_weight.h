// Word weights: BM25 of one form of a word in one field, in integers, so that every path and every
// CPU adds up the same score (API.md 3). Formula: Robertson and Zaragoza, The Probabilistic
// Relevance Framework (2009), k1 and b as below; the field's weight is the factor of its rows in
// the schema.
//
// What the collection says of a term is taken in coarse steps: a publish of some thousand postings
// then leaves nearly every weight as it was, and with it the scores that are kept per segment.
#pragma once

#include <cstdint>

#include "engine/schema/feed_field.h"

namespace kyujin::search {

inline constexpr double kTermSaturation = 1.2;        // k1
inline constexpr double kLengthNormalisation = 0.75;  // b
inline constexpr double kScoreUnit = 65536.0;

// How telling a term is, in 16ths, at least 1.
using IdfSteps = uint32_t;
inline constexpr double kIdfStepsPerUnit = 16.0;
// The average length of a field in 16ths of a token, in four binary digits, at least 1.
using AverageLength = uint32_t;
inline constexpr uint64_t kAverageLengthUnit = 16;

// Collection statistics of a field: sums over all segments, dead documents included.
struct FieldStatistics {
  uint64_t documents = 0;       // in the collection
  uint64_t documents_with = 0;  // that have the field
  uint64_t length_sum = 0;      // tokens
};

// Returns how telling a term is that stands in `document_frequency` of `documents`.
IdfSteps InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency);

// Returns 1 step for a field that no document has.
AverageLength AverageLengthOf(const FieldStatistics& field);

// What one occurrence of a form is worth in one field. Thread rule: Immutable.
class WordWeight {
 public:
  // `idf` is that of the term, or the sum over the parts of a phrase; `weight` in 256ths.
  WordWeight(IdfSteps idf, AverageLength average, uint8_t field_weight, double weight);

  // Returns the contribution, in 65536ths, of `frequency` occurrences in a field of `length`
  // tokens.
  [[nodiscard]] uint64_t Score(uint32_t frequency, uint32_t length) const {
    const double relative = static_cast<double>(length) / average_length_;
    const double saturation =
        kTermSaturation * (1.0 - kLengthNormalisation + kLengthNormalisation * relative);
    // Rounds to the nearest, as no contribution is negative.
    // NOLINTNEXTLINE(bugprone-incorrect-roundings)
    return static_cast<uint64_t>(factor_ * frequency / (frequency + saturation) + 0.5);
  }

 private:
  double factor_;
  double average_length_;
};

}  // namespace kyujin::search
