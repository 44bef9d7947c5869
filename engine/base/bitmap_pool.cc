#include "engine/base/bitmap_pool.h"

#include <algorithm>
#include <utility>

#include "engine/base/kernels.h"

namespace kyujin {

void BitmapReturn::operator()(Bitmap* bitmap) const {
  pool->Return(std::unique_ptr<Bitmap>(bitmap));
}

PooledBitmap BitmapPool::Take(size_t bits) {
  if (free_.empty()) {
    return {new Bitmap(bits), BitmapReturn{this}};
  }
  // The one given back last is the likeliest to be in the processor's cache.
  std::unique_ptr<Bitmap> bitmap = std::move(free_.back());
  free_.pop_back();
  bitmap->Resize(bits);
  return {bitmap.release(), BitmapReturn{this}};
}

PooledBitmap BitmapPool::TakeEmpty(size_t bits) {
  PooledBitmap bitmap = Take(bits);
  bitmap->ClearAll();
  return bitmap;
}

PooledBitmap BitmapPool::TakeCopy(size_t bits, BitmapView content) {
  PooledBitmap bitmap = Take(bits);
  std::copy(content.words().begin(), content.words().end(), bitmap->words().begin());
  return bitmap;
}

void NarrowedBitmap::And(BitmapView other) {
  if (own_ != nullptr) {
    own_->And(other);
    return;
  }
  own_ = pool_->Take(bits_);
  ActiveKernels().and_to(
      own_->words().data(), view_.words().data(), other.words().data(), view_.words().size());
  view_ = own_->view();
}

void NarrowedBitmap::AndNot(BitmapView other) {
  if (own_ != nullptr) {
    own_->AndNot(other);
    return;
  }
  own_ = pool_->Take(bits_);
  ActiveKernels().and_not_to(
      own_->words().data(), view_.words().data(), other.words().data(), view_.words().size());
  view_ = own_->view();
}

Bitmap& NarrowedBitmap::Own() {
  if (own_ == nullptr) {
    own_ = pool_->TakeCopy(bits_, view_);
    view_ = own_->view();
  }
  return *own_;
}

PooledBitmap NarrowedBitmap::Take() {
  Own();
  view_ = {};
  return std::move(own_);
}

void BitmapPool::Return(std::unique_ptr<Bitmap> bitmap) {
  if (free_.size() < kMaxKept) {
    free_.push_back(std::move(bitmap));
  }
}

}  // namespace kyujin
