#include "engine/percolator/key_table.h"

#include <algorithm>

namespace kyujin::percolator {

KeyTable::Slot* KeyTable::Find(Key key) {
  size_t at = HomeOf(key);
  while (slots_[at].key != kNoKey && slots_[at].key != key) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return &slots_[at];
}

void KeyTable::Grow() {
  const Slots old = std::move(slots_);
  const auto living = static_cast<size_t>(
      std::count_if(old.begin(), old.end(), [](const Slot& slot) { return !slot.list.empty(); }));
  slots_ = Slots(std::max(kFewest, std::bit_ceil((living + 1) * 4)));
  used_ = living;
  for (const Slot& slot : old) {
    if (!slot.list.empty()) {
      *Find(slot.key) = slot;
    }
  }
}

void KeyTable::CompactIfWasteful() {
  if (!block_.is_wasteful()) {
    return;
  }
  block_.Compact([this](auto&& move) {
    for (Slot& slot : slots_) {
      move(&slot.list);
    }
  });
}

void KeyTable::Add(Key key, const KeyedClause& clause) {
  if (used_ * 2 >= slots_.size()) {
    Grow();
  }
  Slot* slot = Find(key);
  if (slot->key == kNoKey) {
    slot->key = key;
    ++used_;
  }
  block_.Append(std::span(&clause, 1), &slot->list);
  CompactIfWasteful();
}

void KeyTable::Remove(Key key, ClauseId clause) {
  Slot* slot = Find(key);
  const auto there = block_.Values(slot->list);
  std::vector<KeyedClause> kept(there.begin(), there.end());
  std::erase_if(kept, [clause](const KeyedClause& keyed) { return keyed.clause == clause; });
  block_.Assign(kept, &slot->list);
  CompactIfWasteful();
}

}  // namespace kyujin::percolator
