// OracleWords: which postings have a word, how often, and what it scores (API.md 3), by reading all
// tokens of all texts for every word.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"
#include "tests/testing/oracle_request.h"

namespace kyujin::test {

// Which documents the words of a request leave, and their scores.
struct WordVerdicts {
  std::vector<bool> passes;
  std::vector<int64_t> scores;
};

// Confined to one thread.
class OracleWords {
 public:
  explicit OracleWords(const std::shared_ptr<const text::AnalyzerModel>& model)
      : analyzer_(model) {}

  void Add(const schema::JobPosting& job);
  bool HasWords(std::string_view text);
  WordVerdicts Judge(const OracleRequest& request);

 private:
  struct PlacedWord {
    int id;       // equal words have equal ids
    int part_id;  // of the same word as a part of a compound
    uint32_t position;
    bool is_part;  // it is one itself
  };
  using Text = std::vector<PlacedWord>;
  struct Field {
    std::vector<Text> texts;
    uint32_t length = 0;  // words in all texts, parts of compounds not counted
  };
  using Document = std::array<Field, schema::kSearchFieldCount>;
  // Occurrences and score of one word in each document.
  struct Found {
    std::vector<bool> has;
    std::vector<int64_t> scores;
  };

  // A way to write a word, and what part of its score it keeps.
  struct Form {
    Text parts;
    double weight = 1;
  };
  enum class WordUse { kWanted, kExcluded };

  // The words that count as `word` are those of the engine: the oracle checks where they stand.
  std::vector<Form> FormsOf(const OracleWord& word, WordUse use);
  int IdOf(const std::string& text);
  Text Read(std::string_view text);
  // The same for a typed word: without the parts of compounds.
  Text ReadQuery(std::string_view text);
  void Require(const std::vector<OracleWord>& alternatives,
               const std::vector<size_t>& fields,
               WordVerdicts* verdicts);
  void Exclude(const OracleWord& word, const std::vector<size_t>& fields, WordVerdicts* verdicts);
  Found Find(const OracleWord& word, const std::vector<size_t>& fields, WordUse use);
  void FindInField(const Form& form, size_t field, Found* found) const;
  // Adds what the occurrences that `count` counts in a text are worth.
  template <class Count>
  void AddOccurrences(
      double worth, double average, size_t field, Count&& count, Found* found) const;
  [[nodiscard]] double IdfOf(const Text& parts, size_t field) const;
  [[nodiscard]] double AverageLengthOf(size_t field) const;

  text::Analyzer analyzer_;
  std::map<std::string, int, std::less<>> ids_;
  std::vector<Document> documents_;
};

}  // namespace kyujin::test
