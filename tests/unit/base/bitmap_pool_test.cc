#include "engine/base/bitmap_pool.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace kyujin {
namespace {

TEST(BitmapPoolTest, GivesTheSameMemoryAgain) {
  BitmapPool pool;
  const uint64_t* memory = nullptr;
  {
    const PooledBitmap first = pool.Take(1'000);
    memory = first->words().data();
    first->SetAll();
  }
  EXPECT_EQ(pool.kept(), 1U);
  const PooledBitmap again = pool.TakeEmpty(1'000);
  EXPECT_EQ(again->words().data(), memory);
  EXPECT_EQ(again->Count(), 0U);
  EXPECT_EQ(pool.kept(), 0U);
}

TEST(BitmapPoolTest, WhatIsOnLoanAtOnceIsApart) {
  BitmapPool pool;
  const PooledBitmap a = pool.TakeEmpty(100);
  const PooledBitmap b = pool.TakeEmpty(100);
  a->Set(7);
  EXPECT_FALSE(b->Test(7));
  const PooledBitmap copy = pool.TakeCopy(100, a->view());
  a->Clear(7);
  EXPECT_TRUE(copy->Test(7));
}

TEST(BitmapPoolTest, SizesMayChange) {
  BitmapPool pool;
  for (const size_t bits : {size_t{1'000}, size_t{3}, size_t{64}, size_t{5'000}, size_t{0}}) {
    const PooledBitmap bitmap = pool.TakeEmpty(bits);
    EXPECT_EQ(bitmap->bits(), bits);
    EXPECT_EQ(bitmap->Count(), 0U);
    if (bits > 0) {
      bitmap->SetAll();
      EXPECT_EQ(bitmap->Count(), bits);
    }
  }
  EXPECT_EQ(pool.kept(), 1U);
}

TEST(BitmapPoolTest, KeepsNoMoreThanItMay) {
  BitmapPool pool;
  std::vector<PooledBitmap> loans;
  for (size_t i = 0; i < BitmapPool::kMaxKept + 10; ++i) {
    loans.push_back(pool.Take(64));
  }
  loans.clear();
  EXPECT_EQ(pool.kept(), BitmapPool::kMaxKept);
}

TEST(NarrowedBitmapTest, ReadsItsOriginUntilSomethingIsTakenAway) {
  BitmapPool pool;
  Bitmap whole(200);
  whole.SetAll();
  Bitmap some(200);
  some.Set(3);
  some.Set(199);
  NarrowedBitmap set(200, whole.view(), &pool);
  EXPECT_EQ(set.view().words().data(), whole.view().words().data()) << "no copy";
  set.AndNot(some.view());
  EXPECT_EQ(set.view().Count(), 198U);
  EXPECT_FALSE(set.view().Test(199));
  set.And(some.view());
  EXPECT_EQ(set.view().Count(), 0U);
  EXPECT_EQ(whole.Count(), 200U) << "the origin is as it was";

  NarrowedBitmap both(200, whole.view(), &pool);
  both.And(some.view());
  both.AndNot(some.view());
  EXPECT_EQ(both.view().Count(), 0U);

  NarrowedBitmap own(200, some.view(), &pool);
  own.Own().Clear(3);
  const PooledBitmap taken = own.Take();
  EXPECT_EQ(taken->Count(), 1U);
  EXPECT_TRUE(some.Test(3));
}

}  // namespace
}  // namespace kyujin
