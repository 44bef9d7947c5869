#include "engine/base/recent_map.h"

#include <gtest/gtest.h>

#include <string>

namespace kyujin {
namespace {

TEST(RecentMapTest, FindsWhatWasAdded) {
  RecentMap<int> map(size_t{1} << 20);
  EXPECT_EQ(map.Find("介護"), nullptr);
  EXPECT_EQ(map.Add("介護", 7, 0), 7);
  ASSERT_NE(map.Find("介護"), nullptr);
  EXPECT_EQ(*map.Find("介護"), 7);
  EXPECT_EQ(map.Find("介"), nullptr);
}

TEST(RecentMapTest, ForgetsWhatIsNotAskedForAndKeepsWhatIs) {
  constexpr size_t kMemory = 10'000;
  constexpr size_t kValue = 100;
  RecentMap<int> map(kMemory);
  map.Add("asked", 1, kValue);
  map.Add("unasked", 2, kValue);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_NE(map.Find("asked"), nullptr) << "after " << i;
    map.Add("other " + std::to_string(i), i, kValue);
  }
  EXPECT_EQ(map.Find("unasked"), nullptr);
}

TEST(RecentMapTest, HoldsNoMoreThanItsMemory) {
  constexpr size_t kMemory = 100'000;
  constexpr size_t kValue = 1000;
  RecentMap<int> map(kMemory);
  constexpr int kEntries = 1000;
  for (int i = 0; i < kEntries; ++i) {
    map.Add(std::to_string(i), i, kValue);
  }
  size_t kept = 0;
  for (int i = 0; i < kEntries; ++i) {
    kept += map.Find(std::to_string(i)) != nullptr ? 1 : 0;
  }
  EXPECT_GT(kept, kMemory / kValue / 4);
  EXPECT_LE(kept, kMemory / kValue + 2);
}

}  // namespace
}  // namespace kyujin
