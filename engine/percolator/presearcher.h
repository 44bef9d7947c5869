// Presearcher: from the clauses that hold for a posting to the few stored queries worth a look.
// Each query waits at its most selective clause, with its others beside it. Private to
// engine/percolator.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/percolator/clause_table.h"
#include "engine/percolator/stored_query.h"

namespace kyujin::percolator {

// The queries that wait at one clause, those with the same second clause side by side: where that
// one does not hold, none of them is looked at. Thread rule: Thread-compatible.
class WaitingQueries {
 public:
  // `clauses`: all of the query; the first one is where it waits.
  void Add(QueryHandle handle, const std::vector<ClauseId>& clauses);
  // Removing what is not there changes nothing.
  void Remove(QueryHandle handle);
  [[nodiscard]] bool empty() const { return alone_.empty() && grouped_.empty() && late_.empty(); }

  // Asks for the memory of the queries, without waiting for it.
  void Prefetch() const {
    __builtin_prefetch(alone_.data());
    __builtin_prefetch(groups_.data());
    __builtin_prefetch(grouped_.data());
    __builtin_prefetch(late_.data());
  }

  // Calls `visit` with the handle of each query whose other clauses all pass `holds`.
  template <class Holds, class Visit>
  void ForEachThat(Holds&& holds, Visit&& visit) const {
    for (const QueryHandle handle : alone_) {
      visit(handle);
    }
    uint32_t begin = 0;
    for (const Group& group : groups_) {
      if (holds(group.second)) {
        ForEachIn(std::span(grouped_).subspan(begin, group.end - begin), 1, holds, visit);
      }
      begin = group.end;
    }
    ForEachIn(late_, 0, holds, visit);
  }

 private:
  // Queries one after another: handle, number of clauses but the first one, these clauses.
  using Records = std::vector<uint32_t>;
  static constexpr size_t kHead = 2;
  // Queries with that second clause.
  struct Group {
    ClauseId second = 0;
    uint32_t end = 0;  // in `grouped_`; it begins where the one before it ends
  };

  // `known`: so many of the clauses hold already.
  template <class Holds, class Visit>
  static void ForEachIn(std::span<const uint32_t> records,
                        size_t known,
                        Holds&& holds,
                        Visit&& visit) {
    for (size_t at = 0; at < records.size();) {
      const size_t end = at + kHead + records[at + 1];
      size_t clause = at + kHead + known;
      while (clause < end && holds(records[clause])) {
        ++clause;
      }
      if (clause == end) {
        visit(records[at]);
      }
      at = end;
    }
  }
  // Brings the late ones into their groups.
  void Regroup();
  static void RemoveFrom(QueryHandle handle, Records* records);

  std::vector<QueryHandle> alone_;  // that have no other clause
  std::vector<Group> groups_;
  Records grouped_;
  Records late_;  // too few yet to be grouped
};

// Brings `clauses` into the order in which they are looked at: where the query waits first, then
// the least likely before the others. Each once.
void OrderClauses(const ClauseTable& table, std::vector<ClauseId>* clauses);

// Thread rule: Thread-compatible.
class Presearcher {
 public:
  // Requires: `clauses` are in order (OrderClauses).
  void Add(QueryHandle handle, const std::vector<ClauseId>& clauses, const ClauseTable& table);
  // Requires: as given to Add.
  void Remove(QueryHandle handle, const std::vector<ClauseId>& clauses);

  // The queries that wait at `clause`; nullptr: none.
  [[nodiscard]] const WaitingQueries* WaitingAt(ClauseId clause) const {
    return clause < waiting_.size() ? &waiting_[clause] : nullptr;
  }
  // Asks for the memory that WaitingAt gives, and for the queries in it.
  void PrefetchAt(ClauseId clause) const {
    if (clause < waiting_.size()) {
      const auto* bytes = reinterpret_cast<const char*>(&waiting_[clause]);
      __builtin_prefetch(bytes);
      __builtin_prefetch(bytes + sizeof(WaitingQueries) - 1);
    }
  }
  void PrefetchQueriesAt(ClauseId clause) const {
    if (clause < waiting_.size()) {
      waiting_[clause].Prefetch();
    }
  }
  // The clauses without keys at which queries wait: each is looked at for every posting.
  [[nodiscard]] const std::vector<ClauseId>& without_keys() const { return without_keys_; }
  // The queries without clauses.
  [[nodiscard]] const std::vector<QueryHandle>& unconditional() const { return unconditional_; }

 private:
  std::vector<WaitingQueries> waiting_;  // by clause
  std::vector<ClauseId> without_keys_;
  std::vector<QueryHandle> unconditional_;
};

}  // namespace kyujin::percolator
