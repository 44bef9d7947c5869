#include "engine/base/visit_ahead.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace kyujin {
namespace {

TEST(VisitAheadTest, VisitsEachOnceInOrderHoweverMany) {
  std::vector<int> numbers(1'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  for (size_t count = 0; count <= numbers.size(); count += count < 200 ? 1 : 97) {
    std::vector<int> seen;
    const auto see = [&](int number) { seen.push_back(number); };
    VisitAhead<int, decltype(see)> visits(see);
    for (size_t i = 0; i < count; ++i) {
      visits.Add(&numbers[i]);
    }
    visits.Finish();
    ASSERT_EQ(seen, std::vector<int>(numbers.begin(), numbers.begin() + static_cast<int>(count)));
  }
}

TEST(VisitAheadTest, BeginsAnewAfterTheEnd) {
  const int first = 1;
  const int second = 2;
  int sum = 0;
  const auto add = [&](int number) { sum = sum * 10 + number; };
  VisitAhead<int, decltype(add)> visits(add);
  visits.Add(&first);
  visits.Finish();
  visits.Finish();
  visits.Add(&second);
  visits.Finish();
  EXPECT_EQ(sum, 12);
}

}  // namespace
}  // namespace kyujin
