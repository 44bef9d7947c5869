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

void Presearcher::Add(QueryHandle handle,
                      const std::vector<ClauseId>& clauses,
                      const ClauseTable& table) {
  if (clauses.empty()) {
    unconditional_.push_back(handle);
    return;
  }
  const ClauseId first = clauses.front();
  if (waiting_.IsEmpty(first) && !table.has_keys(first)) {
    without_keys_.push_back(first);
  }
  waiting_.Add(handle, clauses);
}

void Presearcher::Remove(QueryHandle handle, const std::vector<ClauseId>& clauses) {
  if (clauses.empty()) {
    std::erase(unconditional_, handle);
    return;
  }
  waiting_.Remove(handle, clauses.front());
  if (waiting_.IsEmpty(clauses.front())) {
    std::erase(without_keys_, clauses.front());
  }
}

}  // namespace kyujin::percolator
