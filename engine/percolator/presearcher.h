// Presearcher: from the clauses that hold for a posting to the few stored queries worth a look.
// Each query waits at its most selective clause, with its others beside it. Private to
// engine/percolator.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/percolator/clause_table.h"
#include "engine/percolator/stored_query.h"

namespace kyujin::percolator {

// The queries that wait at one clause, one after another, so that looking at them all is one pass
// over memory. Thread rule: Thread-compatible.
class WaitingQueries {
 public:
  // `clauses`: all of the query; the first one is where it waits.
  void Add(QueryHandle handle, const std::vector<ClauseId>& clauses);
  // Removing what is not there changes nothing.
  void Remove(QueryHandle handle);
  [[nodiscard]] bool empty() const { return records_.empty(); }

  // Calls `visit` with the handle of each query whose other clauses all pass `holds`.
  template <class Holds, class Visit>
  void ForEachThat(Holds&& holds, Visit&& visit) const {
    for (size_t at = 0; at < records_.size();) {
      const size_t end = at + kHead + records_[at + 1];
      size_t clause = at + kHead;
      while (clause < end && holds(records_[clause])) {
        ++clause;
      }
      if (clause == end) {
        visit(records_[at]);
      }
      at = end;
    }
  }

 private:
  static constexpr size_t kHead = 2;  // handle, number of other clauses; then these
  std::vector<uint32_t> records_;
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
