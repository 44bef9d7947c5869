#include "engine/base/bitmap_pool.h"

#include <algorithm>
#include <utility>

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

void BitmapPool::Return(std::unique_ptr<Bitmap> bitmap) {
  if (free_.size() < kMaxKept) {
    free_.push_back(std::move(bitmap));
  }
}

}  // namespace kyujin
