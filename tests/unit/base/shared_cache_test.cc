#include "engine/base/shared_cache.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>
#include <string>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

class Sized : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'x';
  Sized(size_t size, int value, int* alive) : size_(size), value_(value), alive_(alive) {
    ++*alive_;
  }
  ~Sized() override { --*alive_; }
  Sized(const Sized&) = delete;
  Sized& operator=(const Sized&) = delete;
  Sized(Sized&&) = delete;
  Sized& operator=(Sized&&) = delete;
  [[nodiscard]] size_t bytes() const override { return size_; }
  [[nodiscard]] int value() const { return value_; }

 private:
  size_t size_;
  int value_;
  int* alive_;
};

class SharedCacheTest : public testing::Test {
 protected:
  std::unique_ptr<const Sized> Make(size_t size, int value = 0) {
    return std::make_unique<const Sized>(size, value, &alive_);
  }
  void Put(SharedCache* cache, const std::string& key, size_t size, int value = 0) {
    CacheSession session(cache);
    session.Keep(key, Make(size, value));
  }
  static std::optional<int> Get(SharedCache* cache, const std::string& key) {
    const CacheSession session(cache);
    const auto* found = session.Find<Sized>(key);
    return found == nullptr ? std::nullopt : std::optional(found->value());
  }

  int alive_ = 0;
};

TEST_F(SharedCacheTest, WhatASessionKeptOthersFindWhenItHasEnded) {
  SharedCache cache(100'000);
  {
    CacheSession first(&cache);
    first.Keep("xa", Make(100, 7));
    EXPECT_EQ(first.Find<Sized>("xa")->value(), 7);
    EXPECT_EQ(Get(&cache, "xa"), std::nullopt);
  }
  EXPECT_EQ(Get(&cache, "xa"), 7);
  EXPECT_EQ(Get(&cache, "xb"), std::nullopt);
  EXPECT_GE(cache.bytes(), 100U);
  EXPECT_EQ(cache.entries(), 1U);
}

TEST_F(SharedCacheTest, TheFirstOfTwoEqualKeysStays) {
  SharedCache cache(100'000);
  Put(&cache, "xa", 100, 1);
  Put(&cache, "xa", 100, 2);
  EXPECT_EQ(Get(&cache, "xa"), 1);
  EXPECT_EQ(alive_, 1);
}

TEST_F(SharedCacheTest, NothingIsKeptWithoutRoom) {
  SharedCache none(0);
  Put(&none, "xa", 1);
  EXPECT_EQ(none.bytes(), 0U);
  SharedCache small(1'000);
  Put(&small, "xa", 1'001);
  EXPECT_EQ(small.entries(), 0U);
  EXPECT_EQ(alive_, 0);
}

TEST_F(SharedCacheTest, WhatIsAskedForStays) {
  SharedCache cache(10'000);
  Put(&cache, "xhot", 1'000, 1);
  for (int i = 0; i < 200; ++i) {
    ASSERT_EQ(Get(&cache, "xhot"), 1) << i;
    Put(&cache, "xcold" + std::to_string(i), 1'000);
    ASSERT_LE(cache.bytes(), cache.limit());
  }
  EXPECT_GT(cache.entries(), 5U);
  EXPECT_EQ(cache.HottestKeys('x', 1), std::vector<std::string>{"xhot"});
  EXPECT_TRUE(cache.HottestKeys('y', 1).empty());
}

TEST_F(SharedCacheTest, AnEntryLivesAsLongAsASessionThatMayHaveIt) {
  SharedCache cache(10'000);
  Put(&cache, "xa", 6'000, 5);
  {
    const CacheSession reader(&cache);
    const auto* entry = reader.Find<Sized>("xa");
    Put(&cache, "xb", 6'000);
    EXPECT_EQ(Get(&cache, "xa"), std::nullopt) << "thrown out";
    EXPECT_EQ(entry->value(), 5) << "but still there";
    EXPECT_EQ(Get(&cache, "xb"), std::nullopt) << "no room as long as it is";
    EXPECT_LE(cache.bytes(), cache.limit());
  }
  Put(&cache, "xc", 6'000, 8);
  EXPECT_EQ(Get(&cache, "xc"), 8);
  EXPECT_EQ(alive_, 1);
}

TEST_F(SharedCacheTest, TheBoundHoldsWhateverIsAsked) {
  std::mt19937_64 random(test::RandomSeed());
  for (const size_t limit : {size_t{500}, size_t{20'000}, size_t{400'000}}) {
    SharedCache cache(limit);
    size_t found = 0;
    for (int i = 0; i < 5'000; ++i) {
      CacheSession session(&cache);
      for (uint64_t words = 1 + random() % 4; words > 0; --words) {
        const int value = static_cast<int>(random() % (1 + random() % 500));
        const std::string key = "x" + std::to_string(value);
        const auto* entry = session.Find<Sized>(key);
        found += entry == nullptr ? 0 : 1;
        entry = entry != nullptr ? entry : session.Keep(key, Make(random() % 3'000, value));
        ASSERT_EQ(entry->value(), value);
      }
      ASSERT_LE(cache.bytes(), limit);
    }
    EXPECT_TRUE(found > 100 || limit == 500) << found;
  }
  EXPECT_EQ(alive_, 0);
}

}  // namespace
}  // namespace kyujin
