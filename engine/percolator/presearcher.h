// Presearcher: from the clauses that hold for a posting to the few stored queries worth a look.
// Each query waits at its most selective clause, with its others beside it. Private to
// engine/percolator.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/percolator/clause_table.h"
#include "engine/percolator/stored_query.h"
#include "engine/percolator/waiting_queries.h"

namespace kyujin::percolator {

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
  // As WaitingQueries::Sort.
  void Sort() { waiting_.Sort(); }

  [[nodiscard]] const WaitingQueries& waiting() const { return waiting_; }
  // The clauses without keys at which queries wait: each is looked at for every posting.
  [[nodiscard]] const std::vector<ClauseId>& without_keys() const { return without_keys_; }
  // The queries without clauses.
  [[nodiscard]] const std::vector<QueryHandle>& unconditional() const { return unconditional_; }

 private:
  WaitingQueries waiting_;
  std::vector<ClauseId> without_keys_;
  std::vector<QueryHandle> unconditional_;
};

}  // namespace kyujin::percolator
