#include "engine/search/filter_sets.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/search/filter_compiler.h"
#include "tests/unit/search/naive_filter.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

constexpr size_t kCacheBytes = size_t{1} << 20;

using FilterSetsTest = SearchFixture;

TEST_F(FilterSetsTest, SetsAreTheSameFirstSecondAndRemembered) {
  Build(700, 2);
  const DayView day = DayView::Of(columns(), test::kToday);
  SharedCache cache(kCacheBytes);
  BitmapPool pool;
  size_t remembered = 0;
  for (int run = 0; run < 200; ++run) {
    const query::Filter filter = RandomFilter(&random_, postings_);
    const PooledBitmap expected = CompileFilter(filter.body, columns(), day, &pool);
    for (int time = 0; time < 4; ++time) {
      CacheSession session(&cache);
      FilterSets sets(*snapshot_->segments().front(), day, &session, &pool);
      const FilterSet set = sets.Get(filter.body);
      ASSERT_EQ(Members(set.documents), Members(expected->view())) << "time " << time;
      remembered += set.own == nullptr ? 1 : 0;
    }
  }
  EXPECT_GT(remembered, 100U) << "what comes again is remembered";
  EXPECT_LE(cache.bytes(), kCacheBytes);
}

TEST_F(FilterSetsTest, FiltersOfOneKeyLetTheSameThrough) {
  Build(400);
  const DayView day = DayView::Of(columns(), test::kToday);
  BitmapPool pool;
  std::map<std::string, std::vector<DocId>> known;
  for (int run = 0; run < 3'000; ++run) {
    const query::Filter filter = RandomFilter(&random_, postings_);
    const std::string key = FilterKey(filter.body);
    if (key.empty()) {
      continue;
    }
    const PooledBitmap set = CompileFilter(filter.body, columns(), day, &pool);
    const auto [at, is_new] = known.try_emplace(key, Members(set->view()));
    ASSERT_EQ(at->second, Members(set->view())) << "filter kind " << filter.body.index();
  }
}

TEST_F(FilterSetsTest, AnotherDayIsAnotherSet) {
  Build(700);
  SharedCache cache(kCacheBytes);
  BitmapPool pool;
  const query::FilterBody filter = query::ReceivedFilter{std::nullopt, 3};
  for (const int later : {0, 20, 0, 20, 0, 20}) {
    const DayView day = DayView::Of(columns(), test::kToday.PlusDays(later));
    CacheSession session(&cache);
    FilterSets sets(*snapshot_->segments().front(), day, &session, &pool);
    const PooledBitmap expected = CompileFilter(filter, columns(), day, &pool);
    EXPECT_EQ(Members(sets.Get(filter).documents), Members(expected->view())) << later;
  }
}

}  // namespace
}  // namespace kyujin::search
