#include "engine/search/word_weight.h"

#include <algorithm>
#include <cmath>

namespace kyujin::search {

double InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency) {
  const auto all = static_cast<double>(documents);
  const auto with = static_cast<double>(std::min(document_frequency, documents));
  return std::log(1.0 + (all - with + 0.5) / (with + 0.5));
}

WordWeight::WordWeight(double idf, const FieldStatistics& field, uint8_t field_weight)
    : factor_(idf * field_weight * (kTermSaturation + 1.0) * kScoreUnit),
      average_length_(field.documents_with == 0 ? 1.0
                                                : static_cast<double>(field.length_sum) /
                                                      static_cast<double>(field.documents_with)) {}

int64_t WordWeight::Score(uint32_t frequency, uint32_t length) const {
  const double relative = static_cast<double>(length) / average_length_;
  const double saturation =
      kTermSaturation * (1.0 - kLengthNormalisation + kLengthNormalisation * relative);
  return std::llround(factor_ * frequency / (frequency + saturation));
}

}  // namespace kyujin::search
