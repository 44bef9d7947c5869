// ClauseTable: the clauses of all stored queries, each once, and which of them are worth a look for
// a posting that has a key. Private to engine/percolator.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/percolator/clause.h"
#include "engine/percolator/clause_keys.h"
#include "engine/text/analyzer.h"

namespace kyujin::percolator {

// Dense; the number of a clause that is gone is given again.
using ClauseId = uint32_t;

// What is known of a clause and the posting at hand.
enum class ClauseState : uint8_t { kUnknown, kHolds, kFails };

// A clause that a key leads to. Thread rule: Immutable.
struct KeyedClause {
  ClauseId clause = 0;
  Trait also = kNoTrait;  // it holds only for postings that have this too
  bool holds = false;     // for every posting with the key; else it needs a look
};

// Thread rule: Thread-compatible.
class ClauseTable {
 public:
  explicit ClauseTable(std::shared_ptr<const text::AnalyzerModel> model)
      : analyzer_(std::move(model)) {}

  // From now on, new clauses are asked of these postings how likely they are to hold.
  void SetSample(std::vector<PostingFacts> sample, Date today) {
    sample_ = std::move(sample);
    sample_day_ = today;
  }

  // Returns the clause of that text, compiled now if it is new, with one more owner. Errors: those
  // of CompileClause.
  Result<ClauseId> Acquire(std::string_view canonical);
  // Takes one owner away; a clause without owners is gone.
  void Release(ClauseId id);

  [[nodiscard]] const Clause& clause(ClauseId id) const { return entries_[id].clause; }
  // The share of all postings it holds for, from 0 to 1.
  [[nodiscard]] double likelihood(ClauseId id) const { return entries_[id].likelihood; }
  // Whether it is found by keys: it holds for no posting that has none of them.
  [[nodiscard]] bool has_keys(ClauseId id) const {
    return first_states_[id] == ClauseState::kFails;
  }
  // What is known of each clause of a posting before its keys are looked up: what has keys fails
  // until one of them is found.
  [[nodiscard]] const std::vector<ClauseState>& first_states() const { return first_states_; }
  // The clauses that may hold for a posting with that key.
  [[nodiscard]] std::span<const KeyedClause> WithKey(Key key) const;
  // One more than the greatest number in use.
  [[nodiscard]] size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Clause clause;
    const std::string* text = nullptr;  // the key in `ids_`
    uint32_t owners = 0;
    double likelihood = 1;
  };
  [[nodiscard]] double Likelihood(const Clause& clause) const;

  text::Analyzer analyzer_;
  std::vector<PostingFacts> sample_;
  Date sample_day_;
  std::unordered_map<std::string, ClauseId> ids_;
  std::vector<Entry> entries_;
  std::vector<ClauseState> first_states_;  // by clause
  std::vector<ClauseId> free_;
  std::unordered_map<Key, std::vector<KeyedClause>> by_key_;
};

}  // namespace kyujin::percolator
