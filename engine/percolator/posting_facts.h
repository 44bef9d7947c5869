// PostingFacts: everything of one posting that a saved query can ask for, as the segment's columns
// and words hold it: the first step of percolation. Made from the posting itself, by the very
// functions that write segments, so that a posting is matched without reading the index.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/index/posting_terms.h"
#include "engine/schema/column.h"
#include "engine/schema/feed_field.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"

namespace kyujin::percolator {

// A term (without field and part marker) by its hash; 64 bits tell all words of a language apart.
using TermId = uint64_t;
// The same for a whole word and for a part of a compound: a search for either finds both.
TermId TermOf(std::string_view token);

// Where a term stands.
struct Occurrence {
  schema::SearchField field = schema::SearchField::kNone;
  uint32_t position = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): takes the 0 that the comparison hides for a pointer
  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

// The words of one posting. Thread rule: Thread-compatible.
class WordFacts {
 public:
  struct Term {
    TermId id = 0;
    uint32_t begin = 0;
    uint32_t end = 0;
    uint16_t fields = 0;  // bit i: it stands in SearchField i
  };

  // Replaces everything. `words`: pairs of a term and a place, in any order.
  void Assign(std::span<const std::pair<TermId, Occurrence>> words);

  // Returns nullptr when the posting does not have the term.
  [[nodiscard]] const Term* Find(TermId id) const;
  [[nodiscard]] std::span<const Term> terms() const { return terms_; }
  // Ascending.
  [[nodiscard]] std::span<const Occurrence> OccurrencesOf(const Term& term) const {
    return std::span(occurrences_).subspan(term.begin, term.end - term.begin);
  }

 private:
  // The place in `terms_` of that one, added if it is new.
  uint32_t TermAt(TermId id);

  std::vector<Term> terms_;
  std::vector<Occurrence> occurrences_;
  std::vector<uint32_t> term_of_word_;  // of Assign
  std::vector<uint32_t> slots_;         // open addressing: place in `terms_` + 1, 0 = free
};

// Thread rule: Thread-compatible.
struct PostingFacts {
  struct Station {
    std::string key;
    uint32_t minutes = 0;  // index::kNoWalkMinutes when not given
  };

  uint64_t number = 0;
  uint64_t employer_number = 0;
  std::string employer_key;
  std::array<uint32_t, schema::kColumnCount> columns{};
  std::vector<uint32_t> shifts;  // start << 16 | end
  std::vector<Station> stations;
  std::vector<std::string> licences;
  std::optional<schema::Position> position;
  WordFacts words;

  [[nodiscard]] uint32_t Value(schema::Column column) const {
    return columns[static_cast<size_t>(column)];
  }
};

// Makes facts. Remembers texts that come again. Confined to one thread.
class PostingReader {
 public:
  explicit PostingReader(const std::shared_ptr<const text::AnalyzerModel>& model)
      : collector_(model) {}

  // Replaces `*facts` by those of `posting`.
  void Read(const schema::JobPosting& posting, PostingFacts* facts);

 private:
  index::WordCollector collector_;
  std::vector<TermId> terms_;  // of collector_.tokens()
  std::vector<index::PostingWord> posting_words_;
  std::vector<std::pair<TermId, Occurrence>> words_;
};

}  // namespace kyujin::percolator
