#include "engine/percolator/clause_table.h"

#include <algorithm>
#include <utility>

#include "engine/percolator/clause_likelihood.h"

namespace kyujin::percolator {

std::span<const KeyedClause> ClauseTable::WithKey(Key key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::span<const KeyedClause>() : std::span(found->second);
}

double ClauseTable::Likelihood(const Clause& clause) const {
  // A guess counts as much as so many postings.
  constexpr double kWeightOfGuess = 2;
  const auto hits = std::count_if(sample_.begin(), sample_.end(), [&](const PostingFacts& facts) {
    return Holds(clause, facts, sample_day_);
  });
  return (static_cast<double>(hits) + kWeightOfGuess * LikelihoodByKind(clause)) /
         (static_cast<double>(sample_.size()) + kWeightOfGuess);
}

Result<ClauseId> ClauseTable::Acquire(std::string_view canonical) {
  std::string text(canonical);
  if (const auto known = ids_.find(text); known != ids_.end()) {
    ++entries_[known->second].owners;
    return known->second;
  }
  KYUJIN_ASSIGN_OR_RETURN(Clause clause, CompileClause(canonical, &analyzer_));
  auto id = static_cast<ClauseId>(entries_.size());
  if (free_.empty()) {
    entries_.emplace_back();
    first_states_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
  }
  Entry& entry = entries_[id];
  entry.likelihood = Likelihood(clause);
  entry.owners = 1;
  entry.text = &ids_.emplace(std::move(text), id).first->first;
  const auto keys = KeysOf(clause);
  first_states_[id] = keys.has_value() ? ClauseState::kFails : ClauseState::kUnknown;
  for (const ClauseKey& key : keys.value_or(std::vector<ClauseKey>())) {
    by_key_[key.key].push_back({id, key.also, key.is_enough});
  }
  entry.clause = std::move(clause);
  return id;
}

void ClauseTable::Release(ClauseId id) {
  Entry& entry = entries_[id];
  if (--entry.owners > 0) {
    return;
  }
  for (const ClauseKey& key : KeysOf(entry.clause).value_or(std::vector<ClauseKey>())) {
    const auto clauses = by_key_.find(key.key);
    std::erase_if(clauses->second, [id](const KeyedClause& keyed) { return keyed.clause == id; });
    if (clauses->second.empty()) {
      by_key_.erase(clauses);
    }
  }
  ids_.erase(ids_.find(*entry.text));
  entry = {};
  free_.push_back(id);
}

}  // namespace kyujin::percolator
