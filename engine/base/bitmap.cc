#include "engine/base/bitmap.h"

#include <algorithm>

#include "engine/base/kernels.h"

namespace kyujin {

uint64_t BitmapView::Count() const {
  return ActiveKernels().count(words_.data(), words_.size());
}

uint64_t BitmapView::AndCount(BitmapView other) const {
  return ActiveKernels().and_count(words_.data(), other.words_.data(), words_.size());
}

void Bitmap::Resize(size_t bits) {
  bits_ = bits;
  words_.resize(BitmapWords(bits));
}

void Bitmap::SetAll() {
  std::fill(words_.begin(), words_.end(), ~uint64_t{0});
  if (bits_ % 64 != 0) {
    words_.back() = (uint64_t{1} << (bits_ % 64)) - 1;
  }
}

void Bitmap::ClearAll() {
  std::fill(words_.begin(), words_.end(), 0);
}

void Bitmap::And(BitmapView other) {
  ActiveKernels().and_into(words_.data(), other.words().data(), words_.size());
}

void Bitmap::Or(BitmapView other) {
  ActiveKernels().or_into(words_.data(), other.words().data(), words_.size());
}

void Bitmap::AndNot(BitmapView other) {
  ActiveKernels().and_not_into(words_.data(), other.words().data(), words_.size());
}

}  // namespace kyujin
