// Clause keys: what a posting must have for a clause to hold, as numbers that can be looked up. The
// presearcher finds by them the few clauses that are worth a look.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/date.h"
#include "engine/percolator/clause.h"
#include "engine/percolator/posting_facts.h"

namespace kyujin::percolator {

using Key = uint64_t;

struct ClauseKey {
  Key key = 0;
  bool is_enough = false;  // the clause holds for every posting that has the key
  friend auto operator<=>(const ClauseKey&, const ClauseKey&) = default;
};

// Returns keys of which a posting has at least one whenever `clause` holds for it (none at all: it
// never holds), each once; or nothing when there are no such keys.
std::optional<std::vector<ClauseKey>> KeysOf(const Clause& clause);

// Replaces `*keys` by those of a posting, those of its words included; some may come twice.
void CollectKeys(const PostingFacts& facts, Date today, std::vector<Key>* keys);

}  // namespace kyujin::percolator
