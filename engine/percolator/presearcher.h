// Presearcher: from the clauses that hold for a posting to the few stored queries worth a look.
// Each query waits at its most selective clause, beside the clause that decides most of the rest.
// Private to engine/percolator.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/percolator/clause_table.h"
#include "engine/percolator/stored_query.h"

namespace kyujin::percolator {

// A query where it waits. Thread rule: Immutable.
struct WaitingQuery {
  static constexpr uint32_t kNoClause = UINT32_MAX;

  ClauseId second = kNoClause;  // must hold too; kNoClause: there is no other
  uint32_t packed = 0;          // handle << 1 | whether there are more clauses than two

  [[nodiscard]] QueryHandle handle() const { return packed >> 1U; }
  [[nodiscard]] bool has_more() const { return (packed & 1U) != 0; }
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

  // The queries that wait at `clause`.
  [[nodiscard]] std::span<const WaitingQuery> WaitingAt(ClauseId clause) const {
    return clause < waiting_.size() ? std::span(waiting_[clause]) : std::span<const WaitingQuery>();
  }
  // The clauses without keys at which queries wait: each is looked at for every posting.
  [[nodiscard]] const std::vector<ClauseId>& without_keys() const { return without_keys_; }
  // The queries without clauses.
  [[nodiscard]] const std::vector<QueryHandle>& unconditional() const { return unconditional_; }

 private:
  std::vector<std::vector<WaitingQuery>> waiting_;  // by clause
  std::vector<ClauseId> without_keys_;
  std::vector<QueryHandle> unconditional_;
};

}  // namespace kyujin::percolator
