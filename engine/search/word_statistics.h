// Word statistics: how telling the forms of a word are in each field of a snapshot. Sums over all
// segments, so that a score does not depend on how postings are spread over them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/shared_cache.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_readers.h"
#include "engine/query/word_query.h"
#include "engine/search/word_weight.h"

namespace kyujin::search {

// Returns the bytes that say which documents and fields `word` asks for and with which weights:
// equal for words that find and score the same.
std::string WordKey(const query::Word& word, query::SearchFieldMask fields);

// Returns the name of a term that stands as a part of a compound.
std::string PartTerm(std::string_view term);

// Whether `fields` has `field`.
inline bool IsSearched(query::SearchFieldMask fields, const schema::SearchFieldSpec& field) {
  return (fields >> static_cast<unsigned>(field.id) & 1U) != 0;
}

// What the collection says of one word. Thread rule: Immutable.
class WordStatistics : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'S';

  // How telling a form is in each field; 0 where one of its parts stands nowhere.
  using FormIdf = std::array<IdfSteps, schema::kSearchFieldCount>;

  // Errors: kCorruption. Cost: some microseconds a term, field and segment.
  static Result<std::unique_ptr<const WordStatistics>> Read(const query::Word& word,
                                                            query::SearchFieldMask fields,
                                                            const index::Snapshot& snapshot,
                                                            index::TextReaders* readers);

  [[nodiscard]] const FormIdf& idf(size_t form) const { return idf_[form]; }
  [[nodiscard]] AverageLength average_length(schema::SearchField field) const {
    return average_lengths_[static_cast<size_t>(field)];
  }
  // Equal where all of the above is.
  [[nodiscard]] const std::string& signature() const { return signature_; }
  [[nodiscard]] size_t bytes() const override;

  // Returns what form `form` of `word` is worth in `field`: as a word, and as a part of a compound.
  [[nodiscard]] WordWeight Weight(const query::Word& word,
                                  size_t form,
                                  schema::SearchField field) const;
  [[nodiscard]] WordWeight WeightAsPart(const query::Word& word,
                                        size_t form,
                                        schema::SearchField field) const;

 private:
  WordStatistics() = default;
  void Sign();

  std::vector<FormIdf> idf_;
  std::array<AverageLength, schema::kSearchFieldCount> average_lengths_{};
  std::string signature_;
};

}  // namespace kyujin::search
