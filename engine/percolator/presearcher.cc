#include "engine/percolator/presearcher.h"

#include <algorithm>

namespace kyujin::percolator {

void OrderClauses(const ClauseTable& table, std::vector<ClauseId>* clauses) {
  std::sort(clauses->begin(), clauses->end(), [&](ClauseId a, ClauseId b) {
    const double first = table.likelihood(a);
    const double second = table.likelihood(b);
    return first != second ? first < second : a < b;
  });
  // A clause without keys is looked at for every posting. That pays only where the best clause with
  // keys holds for many postings and this one for far fewer.
  constexpr double kMany = 0.2;
  const auto with_keys = std::find_if(
      clauses->begin(), clauses->end(), [&](ClauseId id) { return table.has_keys(id); });
  if (with_keys == clauses->begin() || with_keys == clauses->end()) {
    return;
  }
  const double likelihood = table.likelihood(*with_keys);
  if (likelihood < kMany || table.likelihood(clauses->front()) > likelihood / 2) {
    std::rotate(clauses->begin(), with_keys, with_keys + 1);
  }
}

void WaitingQueries::Add(QueryHandle handle, const std::vector<ClauseId>& clauses) {
  records_.push_back(handle);
  records_.push_back(static_cast<uint32_t>(clauses.size() - 1));
  records_.insert(records_.end(), clauses.begin() + 1, clauses.end());
}

void WaitingQueries::Remove(QueryHandle handle) {
  for (size_t at = 0; at < records_.size();) {
    const size_t end = at + kHead + records_[at + 1];
    if (records_[at] == handle) {
      records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(at),
                     records_.begin() + static_cast<std::ptrdiff_t>(end));
      return;
    }
    at = end;
  }
}

void Presearcher::Add(QueryHandle handle,
                      const std::vector<ClauseId>& clauses,
                      const ClauseTable& table) {
  if (clauses.empty()) {
    unconditional_.push_back(handle);
    return;
  }
  const ClauseId first = clauses.front();
  if (first >= waiting_.size()) {
    waiting_.resize(table.size());
  }
  WaitingQueries& waiting = waiting_[first];
  if (waiting.empty() && !table.has_keys(first)) {
    without_keys_.push_back(first);
  }
  waiting.Add(handle, clauses);
}

void Presearcher::Remove(QueryHandle handle, const std::vector<ClauseId>& clauses) {
  if (clauses.empty()) {
    std::erase(unconditional_, handle);
    return;
  }
  WaitingQueries& waiting = waiting_[clauses.front()];
  waiting.Remove(handle);
  if (waiting.empty()) {
    waiting = {};
    std::erase(without_keys_, clauses.front());
  }
}

}  // namespace kyujin::percolator
