#include "engine/percolator/waiting_queries.h"

#include <algorithm>
#include <utility>

namespace kyujin::percolator {
namespace {

void AppendRecord(std::span<const ClauseId> clauses,
                  QueryHandle handle,
                  std::vector<uint32_t>* words) {
  words->push_back(static_cast<uint32_t>(clauses.size()));
  words->insert(words->end(), clauses.begin(), clauses.end());
  words->push_back(handle);
}

}  // namespace

void WaitingQueries::Add(QueryHandle handle, std::span<const ClauseId> clauses) {
  const ClauseId first = clauses.front();
  if (first >= lists_.size()) {
    lists_.resize(size_t{first} + 1);
  }
  if (lists_[first].empty()) {
    Write({{{clauses.begin() + 1, clauses.end()}, handle}}, first);
    return;
  }
  std::vector<uint32_t> record;
  AppendRecord(clauses.subspan(1), handle, &record);
  block_.Append(record, &lists_[first]);
  // A share of them, so that many that come one by one are sorted few times.
  constexpr size_t kFewest = 32;
  constexpr size_t kShare = 4;
  const Words words = block_.Values(lists_[first]);
  const size_t late = words.size() - Layout(words).late;
  if (late > kFewest && late > words.size() / kShare) {
    Write(Read(words), first);
  }
  CompactIfWasteful();
}

void WaitingQueries::Remove(QueryHandle handle, ClauseId waits_at) {
  if (IsEmpty(waits_at)) {
    return;
  }
  std::vector<Record> records = Read(block_.Values(lists_[waits_at]));
  std::erase_if(records, [handle](const Record& record) { return record.handle == handle; });
  Write(std::move(records), waits_at);
  CompactIfWasteful();
}

void WaitingQueries::Sort() {
  for (ClauseId clause = 0; clause < lists_.size(); ++clause) {
    if (!lists_[clause].empty()) {
      Write(Read(block_.Values(lists_[clause])), clause);
    }
  }
  CompactIfWasteful();
}

void WaitingQueries::FindLists(std::span<const ClauseId> clauses, Scratch* scratch) const {
  constexpr size_t kAhead = 16;
  scratch->lists_.clear();
  for (size_t i = 0; i < clauses.size(); ++i) {
    if (i + kAhead < clauses.size() && clauses[i + kAhead] < lists_.size()) {
      __builtin_prefetch(&lists_[clauses[i + kAhead]]);
    }
    if (!IsEmpty(clauses[i])) {
      scratch->lists_.push_back(block_.Values(lists_[clauses[i]]));
      __builtin_prefetch(scratch->lists_.back().data());
    }
  }
}

std::vector<WaitingQueries::Record> WaitingQueries::Read(Words words) {
  const Layout layout(words);
  std::vector<Record> read;
  for (const QueryHandle handle : words.subspan(kHead, layout.alone)) {
    read.push_back({{}, handle});
  }
  const auto read_records = [&](Words records, const std::vector<ClauseId>& before) {
    for (size_t at = 0; at < records.size();) {
      const Words clauses = records.subspan(at + 1, records[at]);
      Record& record = read.emplace_back(Record{before, records[at + 1 + clauses.size()]});
      record.clauses.insert(record.clauses.end(), clauses.begin(), clauses.end());
      at += clauses.size() + 2;
    }
  };
  uint32_t begin = layout.records;
  for (uint32_t i = 0; i < layout.groups; ++i) {
    const ClauseId second = words[kHead + layout.alone + i];
    const uint32_t end = words[kHead + layout.alone + layout.groups + i];
    const Words group = words.subspan(begin, end - begin);
    for (const QueryHandle handle : group.subspan(1, group[0])) {
      read.push_back({{second}, handle});
    }
    read_records(group.subspan(1 + size_t{group[0]}), {second});
    begin = end;
  }
  read_records(words.subspan(layout.late), {});
  return read;
}

void WaitingQueries::Write(std::vector<Record> records, ClauseId clause) {
  if (records.empty()) {
    block_.Assign({}, &lists_[clause]);
    return;
  }
  std::sort(records.begin(), records.end());
  std::vector<uint32_t> words(kHead);
  std::vector<uint32_t> ends;
  auto record = records.begin();
  for (; record != records.end() && record->clauses.empty(); ++record) {
    words.push_back(record->handle);
  }
  words[0] = static_cast<uint32_t>(words.size() - kHead);
  std::vector<uint32_t> groups;
  while (record != records.end()) {
    const ClauseId second = record->clauses.front();
    const size_t count = groups.size();
    groups.push_back(0);
    for (; record != records.end() && record->clauses == std::vector{second}; ++record) {
      groups.push_back(record->handle);
      ++groups[count];
    }
    for (; record != records.end() && record->clauses.front() == second; ++record) {
      AppendRecord(std::span(record->clauses).subspan(1), record->handle, &groups);
    }
    words.push_back(second);
    ends.push_back(static_cast<uint32_t>(groups.size()));
  }
  words[1] = static_cast<uint32_t>(ends.size());
  const size_t begin = words.size() + ends.size();
  for (const uint32_t end : ends) {
    words.push_back(static_cast<uint32_t>(begin + end));
  }
  words.insert(words.end(), groups.begin(), groups.end());
  words[2] = static_cast<uint32_t>(words.size());
  block_.Assign(words, &lists_[clause]);
}

void WaitingQueries::CompactIfWasteful() {
  if (!block_.is_wasteful()) {
    return;
  }
  block_.Compact([this](auto&& move) {
    for (auto& list : lists_) {
      move(&list);
    }
  });
}

}  // namespace kyujin::percolator
