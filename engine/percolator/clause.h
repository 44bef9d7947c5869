// Clause: a piece of a saved query that many saved queries have in common
// (query::SplitFrozenQuery), compiled for looking at one posting. A stored query holds where all
// its clauses hold.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/percolator/posting_facts.h"
#include "engine/query/search_request.h"
#include "engine/text/analyzer.h"

namespace kyujin::percolator {

// Words of which one must stand in one of `fields`, or, when `excluded`, none may.
struct WordTest {
  struct Part {
    TermId term = 0;
    uint32_t offset = 0;   // relative to the first part of its form
    uint16_t letters = 0;  // bytes of the term, as far as can be counted: longer ones are rarer
    uint16_t form = 0;     // which one it belongs to
  };
  // Goes through the forms: consecutive words of one field, or one word.
  class Forms {
   public:
    explicit Forms(const WordTest& test) : rest_(test.parts) {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    [[nodiscard]] std::span<const Part> front() const {
      size_t size = 1;
      while (size < rest_.size() && rest_[size].form == rest_.front().form) {
        ++size;
      }
      return rest_.first(size);
    }
    void Next() { rest_ = rest_.subspan(front().size()); }

   private:
    std::span<const Part> rest_;
  };

  query::SearchFieldMask fields = query::kAllSearchFields;
  bool excluded = false;
  std::vector<Part> parts;  // of all forms, one form after another
};

// Thread rule: Immutable.
struct Clause {
  std::vector<query::FilterBody> filters;
  std::vector<WordTest> words;
  // Words without a letter, which are found nowhere, but mean nothing beside others
  // (query_parser.h).
  bool is_symbols = false;

  // Whether words must stand in the posting.
  [[nodiscard]] bool has_words() const {
    return !words.empty() && !words.front().excluded && !is_symbols;
  }
  // Whether every posting has it.
  [[nodiscard]] bool empty() const { return filters.empty() && words.empty(); }
};

// Compiles one piece. Errors: kInvalidArgument naming the parameter that the tables do not know.
Result<Clause> CompileClause(std::string_view canonical, text::Analyzer* analyzer);

// Whether the posting passes `clause` on that day, exactly as a search would say.
bool Holds(const Clause& clause, const PostingFacts& facts, Date today);

// Whether searches find the posting on that day at all.
bool IsOpen(const PostingFacts& facts, Date today);
// Whether it is new then (Condition::kNew).
bool IsNew(const PostingFacts& facts, Date today);

}  // namespace kyujin::percolator
