// KeyTable: which clauses are worth a look for a posting that has a key, for all keys of a posting
// in one go. Private to engine/percolator.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/huge_pages.h"
#include "engine/percolator/clause_keys.h"
#include "engine/percolator/list_block.h"

namespace kyujin::percolator {

// Dense; the number of a clause that is gone is given again.
using ClauseId = uint32_t;

// A clause that a key leads to. Thread rule: Immutable.
struct KeyedClause {
  ClauseId clause = 0;
  Trait also = kNoTrait;  // it holds only for postings that have this too
  bool holds = false;     // for every posting with the key; else it needs a look
};

// Thread rule: Thread-compatible.
class KeyTable {
  using Block = ListBlock<KeyedClause>;

 public:
  // What ForEachWith needs from call to call. Thread rule: Confined to one thread.
  class Scratch {
    friend class KeyTable;
    std::vector<Block::List> lists_;
  };

  void Add(Key key, const KeyedClause& clause);
  // Removing what is not there changes nothing.
  void Remove(Key key, ClauseId clause);

  // The clauses that may hold for a posting with that key. Valid until the next change.
  [[nodiscard]] std::span<const KeyedClause> With(Key key) const {
    return block_.Values(ListOf(key));
  }

  // Calls `visit` with each clause of each key. A look into the table takes as long as some hundred
  // instructions, so it is asked for long before.
  template <class Visit>
  void ForEachWith(std::span<const Key> keys, Scratch* scratch, Visit&& visit) const {
    constexpr size_t kAhead = 16;
    scratch->lists_.clear();
    for (size_t i = 0; i < keys.size(); ++i) {
      if (i + kAhead < keys.size()) {
        __builtin_prefetch(&slots_[HomeOf(keys[i + kAhead])]);
      }
      const Block::List list = ListOf(keys[i]);
      if (!list.empty()) {
        block_.Prefetch(list);
        scratch->lists_.push_back(list);
      }
    }
    for (const Block::List& list : scratch->lists_) {
      for (const KeyedClause& clause : block_.Values(list)) {
        visit(clause);
      }
    }
  }

 private:
  // Open addressing; an empty list is that of a key whose clauses are gone.
  struct Slot {
    Key key = kNoKey;
    Block::List list;
  };
  using Slots = std::vector<Slot, HugePages<Slot>>;

  [[nodiscard]] size_t HomeOf(Key key) const { return key & (slots_.size() - 1); }
  [[nodiscard]] Block::List ListOf(Key key) const {
    for (size_t at = HomeOf(key); slots_[at].key != kNoKey; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == key) {
        return slots_[at].list;
      }
    }
    return {};
  }
  // The place of the key, or the free one where it belongs.
  Slot* Find(Key key);
  // Makes room; keys whose clauses are gone are forgotten.
  void Grow();
  void CompactIfWasteful();

  static constexpr size_t kFewest = 64;  // a power of two

  Slots slots_ = Slots(kFewest);
  size_t used_ = 0;
  Block block_;
};

}  // namespace kyujin::percolator
