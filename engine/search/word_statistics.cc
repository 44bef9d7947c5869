#include "engine/search/word_statistics.h"

#include <algorithm>
#include <utility>

#include "engine/base/coding.h"
#include "engine/index/posting_terms.h"

namespace kyujin::search {
namespace {

FieldStatistics StatisticsOf(const index::Snapshot& snapshot, schema::SearchField field) {
  FieldStatistics statistics;
  for (const auto& segment : snapshot.segments()) {
    statistics.documents += segment->documents();
    statistics.documents_with += segment->columns().DocumentsWith(field);
    statistics.length_sum += segment->columns().LengthSum(field);
  }
  return statistics;
}

class FrequencyReader {
 public:
  FrequencyReader(const index::Snapshot& snapshot, index::TextReaders* readers)
      : snapshot_(snapshot), readers_(readers) {}

  // In how many documents the term stands as a word or as a part; one that has both counts twice.
  Result<uint64_t> Read(schema::SearchField field, const std::string& term) {
    uint64_t frequency = 0;
    for (uint32_t i = 0; i < snapshot_.segments().size(); ++i) {
      KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_->Get(snapshot_, i));
      for (const std::string& form : {term, PartTerm(term)}) {
        KYUJIN_ASSIGN_OR_RETURN(const uint32_t in_segment,
                                reader->DocumentFrequency(index::FieldTerm(field, form)));
        frequency += in_segment;
      }
    }
    return frequency;
  }

  Result<IdfSteps> FormIdf(const query::WordForm& form,
                           schema::SearchField field,
                           uint64_t documents) {
    IdfSteps idf = 0;
    for (const query::WordForm::Part& part : form.parts) {
      KYUJIN_ASSIGN_OR_RETURN(const uint64_t frequency, Read(field, part.term));
      if (frequency == 0) {
        return IdfSteps{0};
      }
      idf += InverseDocumentFrequency(documents, frequency);
    }
    return idf;
  }

 private:
  const index::Snapshot& snapshot_;
  index::TextReaders* readers_;
};

}  // namespace

std::string PartTerm(std::string_view term) {
  std::string part("~");
  part += term;
  return part;
}

Result<std::unique_ptr<const WordStatistics>> WordStatistics::Read(const query::Word& word,
                                                                   query::SearchFieldMask fields,
                                                                   const index::Snapshot& snapshot,
                                                                   index::TextReaders* readers) {
  std::unique_ptr<WordStatistics> statistics(new WordStatistics());
  statistics->idf_.resize(word.forms.size());
  FrequencyReader frequencies(snapshot, readers);
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    if (!IsSearched(fields, field)) {
      continue;
    }
    const auto place = static_cast<size_t>(field.id);
    const FieldStatistics in_field = StatisticsOf(snapshot, field.id);
    statistics->average_lengths_[place] = AverageLengthOf(in_field);
    for (size_t i = 0; i < word.forms.size(); ++i) {
      KYUJIN_ASSIGN_OR_RETURN(IdfSteps idf,
                              frequencies.FormIdf(word.forms[i], field.id, in_field.documents));
      // However rare it is, no other form says more than the word as typed.
      const IdfSteps typed = statistics->idf_.front()[place];
      statistics->idf_[i][place] = i == 0 || typed == 0 ? idf : std::min(idf, typed);
    }
  }
  statistics->Sign();
  return std::unique_ptr<const WordStatistics>(std::move(statistics));
}

void WordStatistics::Sign() {
  for (const FormIdf& form : idf_) {
    for (const IdfSteps idf : form) {
      AppendFixed(&signature_, static_cast<uint16_t>(std::min<IdfSteps>(idf, UINT16_MAX)));
    }
  }
  for (const AverageLength length : average_lengths_) {
    AppendFixed(&signature_, length);
  }
}

size_t WordStatistics::bytes() const {
  return sizeof(*this) + idf_.capacity() * sizeof(FormIdf) + signature_.capacity();
}

WordWeight WordStatistics::Weight(const query::Word& word,
                                  size_t form,
                                  schema::SearchField field) const {
  const auto place = static_cast<size_t>(field);
  return {idf_[form][place],
          average_lengths_[place],
          schema::SearchFields()[place].weight,
          static_cast<double>(word.forms[form].weight)};
}

WordWeight WordStatistics::WeightAsPart(const query::Word& word,
                                        size_t form,
                                        schema::SearchField field) const {
  const auto place = static_cast<size_t>(field);
  return {idf_[form][place],
          average_lengths_[place],
          schema::SearchFields()[place].weight,
          static_cast<double>(word.forms[form].weight) * query::kPartWeight / query::kFullWeight};
}

}  // namespace kyujin::search
