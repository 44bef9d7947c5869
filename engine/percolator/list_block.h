// ListBlock: many lists in one block of memory, most of them short, that grow and shrink by
// themselves. Reading one costs one look into the block; their owner keeps where each one is.
// Private to engine/percolator.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/huge_pages.h"

namespace kyujin::percolator {

// Thread rule: Thread-compatible.
template <class T>
class ListBlock {
 public:
  // One list: where it is. Empty by itself; belongs to one block.
  class List {
   public:
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] size_t size() const { return size_; }

   private:
    friend class ListBlock;
    uint32_t begin_ = 0;
    uint32_t size_ = 0;  // there is room for the next power of two
  };

  // Valid until the next change of any list.
  [[nodiscard]] std::span<const T> Values(const List& list) const {
    return {values_.data() + list.begin_, list.size_};
  }
  // Asks for the memory of its first values, without waiting for it.
  void Prefetch(const List& list) const { __builtin_prefetch(values_.data() + list.begin_); }

  // Replaces the values. Requires: they lie outside of this block.
  void Assign(std::span<const T> values, List* list) {
    Fit(values.size(), list);
    std::copy(values.begin(), values.end(), values_.data() + list->begin_);
  }
  // The same requirement.
  void Append(std::span<const T> values, List* list) {
    const size_t before = list->size();
    Fit(before + values.size(), list);
    std::copy(values.begin(), values.end(), values_.data() + list->begin_ + before);
  }

  // Whether so much has been given up that the owner should call Compact.
  [[nodiscard]] bool is_wasteful() const {
    constexpr size_t kFew = 1'024;
    return unused_ > kFew && unused_ > values_.size() / 2;
  }
  // Moves all lists next to each other. `for_each` calls what it is given with each list (List*).
  template <class ForEachList>
  void Compact(ForEachList&& for_each) {
    Memory old = std::exchange(values_, {});
    values_.reserve(old.size() - unused_);
    unused_ = 0;
    for_each([&](List* list) {
      const auto begin = old.begin() + list->begin_;
      list->begin_ = static_cast<uint32_t>(values_.size());
      values_.insert(values_.end(), begin, begin + list->size_);
      values_.resize(list->begin_ + Room(list->size_));
    });
  }

 private:
  using Memory = std::vector<T, HugePages<T>>;
  static size_t Room(size_t size) { return size == 0 ? 0 : std::bit_ceil(size); }

  // Makes room for `size` values; those that are there stay as far as they fit.
  void Fit(size_t size, List* list) {
    const size_t before = Room(list->size_);
    const size_t after = Room(size);
    if (after > before) {
      const size_t begin = values_.size();
      values_.resize(begin + after);
      std::copy_n(values_.begin() + list->begin_,
                  list->size_,
                  values_.begin() + static_cast<std::ptrdiff_t>(begin));
      list->begin_ = static_cast<uint32_t>(begin);
      unused_ += before;
    } else {
      unused_ += before - after;
    }
    list->size_ = static_cast<uint32_t>(size);
  }

  Memory values_;
  size_t unused_ = 0;  // places that belong to no list any more
};

}  // namespace kyujin::percolator
