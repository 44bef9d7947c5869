// ClauseTable: the clauses of all stored queries, each once, and which of them are worth a look for
// a posting that has a key. Private to engine/percolator.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/percolator/clause.h"
#include "engine/percolator/clause_keys.h"
#include "engine/percolator/clause_states.h"
#include "engine/percolator/key_table.h"
#include "engine/text/analyzer.h"

namespace kyujin::percolator {

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

  [[nodiscard]] const Clause& clause(ClauseId id) const { return clauses_[id]; }
  // Asks for the memory of a clause, without waiting for it: first for the clause, when that is
  // there for its tests, when these are there for their words.
  void Prefetch(ClauseId id) const { __builtin_prefetch(&clauses_[id]); }
  void PrefetchTests(ClauseId id) const {
    __builtin_prefetch(clauses_[id].words.data());
    __builtin_prefetch(clauses_[id].filters.data());
  }
  void PrefetchWords(ClauseId id) const {
    if (!clauses_[id].words.empty()) {
      __builtin_prefetch(clauses_[id].words.front().parts.data());
    }
  }

  // The share of all postings it holds for, from 0 to 1.
  [[nodiscard]] double likelihood(ClauseId id) const { return entries_[id].likelihood; }
  // Whether it is found by keys: it holds for no posting that has none of them.
  [[nodiscard]] bool has_keys(ClauseId id) const { return !without_keys_.Has(id); }
  // Those that are not: of them nothing is known before they are looked at.
  [[nodiscard]] const ClauseBits& without_keys() const { return without_keys_; }
  // The clauses that may hold for a posting with a key.
  [[nodiscard]] const KeyTable& keys() const { return keys_; }
  // One more than the greatest number in use.
  [[nodiscard]] size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    const std::string* text = nullptr;  // the key in `ids_`
    uint32_t owners = 0;
    double likelihood = 1;
  };
  [[nodiscard]] double Likelihood(const Clause& clause) const;
  ClauseId TakeId();

  text::Analyzer analyzer_;
  std::vector<PostingFacts> sample_;
  Date sample_day_;
  std::unordered_map<std::string, ClauseId> ids_;
  std::vector<Entry> entries_;
  std::vector<Clause, HugePages<Clause>> clauses_;  // as `entries_`
  ClauseBits without_keys_;
  std::vector<ClauseId> free_;
  KeyTable keys_;
};

}  // namespace kyujin::percolator
