// Clause keys: what a posting must have for a clause to hold, as numbers that can be looked up. The
// presearcher finds by them the few clauses that are worth a look.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/date.h"
#include "engine/percolator/clause.h"
#include "engine/percolator/posting_facts.h"

namespace kyujin::percolator {

// Never kNoKey.
using Key = uint64_t;
constexpr Key kNoKey = 0;

// Something else that a posting has or has not: rougher than a key, several may be one, so that
// whether it is there costs next to nothing.
using Trait = uint16_t;
constexpr Trait kNoTrait = 0;

struct ClauseKey {
  Key key = 0;
  bool is_enough = false;  // the clause holds for every posting that has the key
  // What the posting must have beside the key; kNoTrait: nothing that is known.
  Trait also = kNoTrait;
  friend auto operator<=>(const ClauseKey&, const ClauseKey&) = default;
};

// Returns keys of which a posting has at least one whenever `clause` holds for it (none at all: it
// never holds), each once; or nothing when there are no such keys.
std::optional<std::vector<ClauseKey>> KeysOf(const Clause& clause);

// The traits of one posting. Thread rule: Thread-compatible.
class TraitSet {
 public:
  static constexpr size_t kTraits = size_t{1} << 14;

  // Replaces everything.
  void Assign(const PostingFacts& facts);
  // Every posting has kNoTrait.
  [[nodiscard]] bool Has(Trait trait) const { return traits_.test(trait); }

 private:
  std::bitset<kTraits> traits_;
};

// Replaces `*keys` by those of a posting, those of its words included; some may come twice.
void CollectKeys(const PostingFacts& facts, Date today, std::vector<Key>* keys);

}  // namespace kyujin::percolator
