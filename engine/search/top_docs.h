// Top documents: the first k of a set in some order, after a cursor if there is one. Ties go by
// posting number, so that pages never overlap.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/types.h"

namespace kyujin::search {

// A document's place in the order: key first, number second, both ascending.
struct RankedDoc {
  uint64_t key = 0;
  uint64_t number = 0;
  uint32_t segment = 0;
  DocId doc = 0;

  friend bool operator<(const RankedDoc& a, const RankedDoc& b) {
    return a.key != b.key ? a.key < b.key : a.number < b.number;
  }
};

// Keeps the first `capacity` of the documents it is shown that come after `after`. Confined to one
// thread.
class TopDocs {
 public:
  TopDocs(size_t capacity, std::optional<RankedDoc> after) : capacity_(capacity), after_(after) {
    heap_.reserve(capacity);
  }

  void Add(const RankedDoc& doc) {
    if (capacity_ == 0 || (after_ && !(*after_ < doc))) {
      return;
    }
    if (heap_.size() < capacity_) {
      heap_.push_back(doc);
      std::push_heap(heap_.begin(), heap_.end());
    } else if (doc < heap_.front()) {
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = doc;
      std::push_heap(heap_.begin(), heap_.end());
    }
  }

  // Whether a document of this key may still be kept: most need not be looked at further.
  [[nodiscard]] bool MayKeep(uint64_t key) const {
    return heap_.size() < capacity_ || (capacity_ > 0 && key <= heap_.front().key);
  }

  // Returns what was kept, in order. Leaves the collector empty.
  std::vector<RankedDoc> Take() {
    std::sort_heap(heap_.begin(), heap_.end());
    return std::move(heap_);
  }

  // The last of those kept, which a document must go before to be kept; nullptr as long as there
  // is room.
  [[nodiscard]] const RankedDoc* last() const {
    return heap_.empty() || heap_.size() < capacity_ ? nullptr : &heap_.front();
  }
  [[nodiscard]] size_t capacity() const { return capacity_; }
  [[nodiscard]] const std::optional<RankedDoc>& after() const { return after_; }

 private:
  size_t capacity_;
  std::optional<RankedDoc> after_;
  std::vector<RankedDoc> heap_;  // the last of the kept ones on top
};

}  // namespace kyujin::search
