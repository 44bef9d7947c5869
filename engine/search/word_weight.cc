#include "engine/search/word_weight.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/query/word_query.h"

namespace kyujin::search {

IdfSteps InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency) {
  const auto all = static_cast<double>(documents);
  const auto with = static_cast<double>(std::min(document_frequency, documents));
  const double idf = std::log(1.0 + (all - with + 0.5) / (with + 0.5));
  return std::max<IdfSteps>(1, static_cast<IdfSteps>(std::lround(idf * kIdfStepsPerUnit)));
}

AverageLength AverageLengthOf(const FieldStatistics& field) {
  constexpr int kDigits = 4;
  if (field.documents_with == 0) {
    return 1;
  }
  const uint64_t exact =
      std::max<uint64_t>(1, field.length_sum * kAverageLengthUnit / field.documents_with);
  const int dropped = std::max(0, static_cast<int>(std::bit_width(exact)) - kDigits);
  const uint64_t half = (uint64_t{1} << dropped) / 2;
  return static_cast<AverageLength>((exact + half) >> dropped << dropped);
}

WordWeight::WordWeight(IdfSteps idf, AverageLength average, uint8_t field_weight, double weight)
    : factor_(idf / kIdfStepsPerUnit * field_weight * (weight / query::kFullWeight) *
              (kTermSaturation + 1.0) * kScoreUnit),
      average_length_(static_cast<double>(average) / kAverageLengthUnit) {}

}  // namespace kyujin::search
