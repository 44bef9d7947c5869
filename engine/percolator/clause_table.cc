#include "engine/percolator/clause_table.h"

#include <algorithm>
#include <utility>

#include "engine/percolator/clause_likelihood.h"

namespace kyujin::percolator {

double ClauseTable::Likelihood(const Clause& clause) const {
  // A guess counts as much as so many postings.
  constexpr double kWeightOfGuess = 2;
  const auto hits = std::count_if(sample_.begin(), sample_.end(), [&](const PostingFacts& facts) {
    return Holds(clause, facts, sample_day_);
  });
  return (static_cast<double>(hits) + kWeightOfGuess * LikelihoodByKind(clause)) /
         (static_cast<double>(sample_.size()) + kWeightOfGuess);
}

ClauseId ClauseTable::TakeId() {
  if (!free_.empty()) {
    const ClauseId id = free_.back();
    free_.pop_back();
    return id;
  }
  entries_.emplace_back();
  clauses_.emplace_back();
  without_keys_.Resize(entries_.size());
  return static_cast<ClauseId>(entries_.size() - 1);
}

Result<ClauseId> ClauseTable::Acquire(std::string_view canonical) {
  std::string text(canonical);
  if (const auto known = ids_.find(text); known != ids_.end()) {
    ++entries_[known->second].owners;
    return known->second;
  }
  KYUJIN_ASSIGN_OR_RETURN(Clause clause, CompileClause(canonical, &analyzer_));
  const ClauseId id = TakeId();
  Entry& entry = entries_[id];
  entry.likelihood = Likelihood(clause);
  entry.owners = 1;
  entry.text = &ids_.emplace(std::move(text), id).first->first;
  const auto keys = KeysOf(clause);
  if (keys.has_value()) {
    without_keys_.Unset(id);
  } else {
    without_keys_.Set(id);
  }
  for (const ClauseKey& key : keys.value_or(std::vector<ClauseKey>())) {
    keys_.Add(key.key, {id, key.also, key.is_enough});
  }
  clauses_[id] = std::move(clause);
  return id;
}

void ClauseTable::Release(ClauseId id) {
  Entry& entry = entries_[id];
  if (--entry.owners > 0) {
    return;
  }
  for (const ClauseKey& key : KeysOf(clauses_[id]).value_or(std::vector<ClauseKey>())) {
    keys_.Remove(key.key, id);
  }
  ids_.erase(ids_.find(*entry.text));
  entry = {};
  clauses_[id] = {};
  free_.push_back(id);
}

}  // namespace kyujin::percolator
