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
  if (clauses.size() == 1) {
    alone_.push_back(handle);
    return;
  }
  late_.push_back(handle);
  late_.push_back(static_cast<uint32_t>(clauses.size() - 1));
  late_.insert(late_.end(), clauses.begin() + 1, clauses.end());
  // A share of them, so that many that come one by one are grouped few times.
  constexpr size_t kFewest = 64;
  constexpr size_t kShare = 4;
  if (late_.size() > kFewest && late_.size() > grouped_.size() / kShare) {
    Regroup();
  }
}

void WaitingQueries::Regroup() {
  grouped_.insert(grouped_.end(), late_.begin(), late_.end());
  late_ = {};
  std::vector<std::span<const uint32_t>> records;
  for (size_t at = 0; at < grouped_.size();) {
    const size_t size = kHead + grouped_[at + 1];
    records.push_back(std::span(grouped_).subspan(at, size));
    at += size;
  }
  const auto second = [](std::span<const uint32_t> record) { return record[kHead]; };
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return std::lexicographical_compare(a.begin() + kHead, a.end(), b.begin() + kHead, b.end());
  });
  Records sorted;
  sorted.reserve(grouped_.size());
  groups_.clear();
  for (const auto& record : records) {
    sorted.insert(sorted.end(), record.begin(), record.end());
    if (groups_.empty() || groups_.back().second != second(record)) {
      groups_.push_back({second(record), 0});
    }
    groups_.back().end = static_cast<uint32_t>(sorted.size());
  }
  groups_.shrink_to_fit();
  grouped_ = std::move(sorted);
}

void WaitingQueries::Remove(QueryHandle handle) {
  std::erase(alone_, handle);
  RemoveFrom(handle, &late_);
  const size_t before = grouped_.size();
  RemoveFrom(handle, &grouped_);
  if (grouped_.size() < before) {
    Regroup();
  }
}

void WaitingQueries::RemoveFrom(QueryHandle handle, Records* records) {
  for (size_t at = 0; at < records->size();) {
    const size_t end = at + kHead + (*records)[at + 1];
    if ((*records)[at] == handle) {
      records->erase(records->begin() + static_cast<std::ptrdiff_t>(at),
                     records->begin() + static_cast<std::ptrdiff_t>(end));
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
