// StoredQuery: a canonical query as the percolator keeps it.
//
// Thread rule: plain values. **Thread-compatible.**
#pragma once

#include <cstdint>
#include <vector>

#include "engine/percolator/key_table.h"

namespace kyujin::percolator {

// What the store calls a canonical query.
using QueryId = int64_t;

// What the percolator calls it while this process lives. Never given twice.
using QueryHandle = uint32_t;

struct StoredQuery {
  QueryId id = 0;
  bool is_stored = false;         // false once it was removed
  std::vector<ClauseId> clauses;  // all must hold; where it is looked up first
};

}  // namespace kyujin::percolator
