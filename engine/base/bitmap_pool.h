// BitmapPool: bitmaps used again and again by one worker. A bitmap over a whole segment is more
// than malloc keeps at hand, and fresh pages cost more than the set operation they are for.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/base/bitmap.h"

namespace kyujin {

class BitmapPool;

// Puts a bitmap back into the pool it came from.
struct BitmapReturn {
  BitmapPool* pool = nullptr;
  void operator()(Bitmap* bitmap) const;
};

// A bitmap on loan. Thread rule: Confined to one thread, that of its pool, which must outlive it.
using PooledBitmap = std::unique_ptr<Bitmap, BitmapReturn>;

// Thread rule: Confined to one thread.
class BitmapPool {
 public:
  // What is given back beyond this many is freed.
  static constexpr size_t kMaxKept = 64;

  BitmapPool() = default;
  ~BitmapPool() = default;
  BitmapPool(const BitmapPool&) = delete;
  BitmapPool& operator=(const BitmapPool&) = delete;
  // Requires: nothing is on loan.
  BitmapPool(BitmapPool&&) = default;
  BitmapPool& operator=(BitmapPool&&) = default;

  // Returns a bitmap over `bits` documents whose content is left from its last use: to be
  // overwritten as a whole.
  PooledBitmap Take(size_t bits);
  // Returns an empty set over `bits` documents.
  PooledBitmap TakeEmpty(size_t bits);
  // Returns a copy of `content`. Requires: it covers `bits` documents.
  PooledBitmap TakeCopy(size_t bits, BitmapView content);

  // How many bitmaps wait to be used again.
  [[nodiscard]] size_t kept() const { return free_.size(); }

 private:
  friend struct BitmapReturn;
  void Return(std::unique_ptr<Bitmap> bitmap);

  std::vector<std::unique_ptr<Bitmap>> free_;
};

// A set that is somebody else's until something is taken from it: then it becomes a loan of its
// own, in the same pass. Confined to one thread, that of its pool, which must outlive it.
class NarrowedBitmap {
 public:
  NarrowedBitmap() = default;
  // Begins as `whole`, over `bits` documents, which must outlive it.
  NarrowedBitmap(size_t bits, BitmapView whole, BitmapPool* pool)
      : bits_(bits), view_(whole), pool_(pool) {}
  // Begins as `own`. Requires: not null.
  NarrowedBitmap(PooledBitmap own, BitmapPool* pool)
      : bits_(own->bits()), own_(std::move(own)), view_(own_->view()), pool_(pool) {}

  [[nodiscard]] size_t bits() const { return bits_; }
  [[nodiscard]] BitmapView view() const { return view_; }
  // Requires: `other` covers as many documents.
  void And(BitmapView other);
  void AndNot(BitmapView other);
  // Returns the set as one of its own, to be changed at will; a copy if it is none yet.
  Bitmap& Own();
  // Returns the set as a loan and leaves nothing.
  PooledBitmap Take();

 private:
  size_t bits_ = 0;
  PooledBitmap own_;
  BitmapView view_;
  BitmapPool* pool_ = nullptr;
};

}  // namespace kyujin
