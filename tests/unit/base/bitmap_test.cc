#include "engine/base/bitmap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

using Model = std::set<uint32_t>;

Model Members(BitmapView bitmap) {
  Model members;
  uint32_t last = 0;
  bitmap.ForEach([&](uint32_t bit) {
    EXPECT_TRUE(members.empty() || last < bit) << "not ascending";
    last = bit;
    members.insert(bit);
  });
  return members;
}

void ExpectSame(const Bitmap& bitmap, const Model& model) {
  ASSERT_EQ(Members(bitmap.view()), model);
  ASSERT_EQ(bitmap.Count(), model.size());
  for (uint32_t bit = 0; bit < bitmap.bits(); ++bit) {
    ASSERT_EQ(bitmap.Test(bit), model.contains(bit)) << bit;
  }
}

Model Intersection(const Model& a, const Model& b) {
  Model both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.begin()));
  return both;
}

Model Difference(const Model& a, const Model& b) {
  Model rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.begin()));
  return rest;
}

TEST(BitmapTest, BehavesLikeASet) {
  std::mt19937_64 random(test::RandomSeed());
  for (const size_t bits : {1U, 2U, 63U, 64U, 65U, 127U, 128U, 255U, 256U, 257U, 700U}) {
    Bitmap bitmap(bits);
    Bitmap other(bits);
    Model model;
    Model other_model;
    for (int step = 0; step < 300; ++step) {
      const auto bit = static_cast<uint32_t>(random() % bits);
      switch (random() % 9) {
        case 0:
        case 1:
        case 2:
          bitmap.Set(bit);
          model.insert(bit);
          break;
        case 3:
          bitmap.Clear(bit);
          model.erase(bit);
          break;
        case 4:
        case 5:
          other.Set(bit);
          other_model.insert(bit);
          break;
        case 6:
          ASSERT_EQ(bitmap.view().AndCount(other.view()), Intersection(model, other_model).size());
          bitmap.And(other.view());
          model = Intersection(model, other_model);
          break;
        case 7:
          bitmap.Or(other.view());
          model.insert(other_model.begin(), other_model.end());
          break;
        default:
          bitmap.AndNot(other.view());
          model = Difference(model, other_model);
      }
      ASSERT_NO_FATAL_FAILURE(ExpectSame(bitmap, model)) << bits << " bits, step " << step;
    }
  }
}

TEST(BitmapTest, SetAllSetsNothingPastTheEnd) {
  for (size_t bits = 0; bits <= 130; ++bits) {
    Bitmap bitmap(bits);
    bitmap.SetAll();
    EXPECT_EQ(bitmap.Count(), bits);
    EXPECT_EQ(Members(bitmap.view()).size(), bits);
    bitmap.ClearAll();
    EXPECT_EQ(bitmap.Count(), 0U);
  }
}

TEST(BitmapTest, CopiesAView) {
  Bitmap bitmap(70);
  bitmap.Set(69);
  Bitmap copy(70, bitmap.view());
  bitmap.Clear(69);
  EXPECT_EQ(Members(copy.view()), Model{69});
}

}  // namespace
}  // namespace kyujin
