#include "engine/search/filter_compiler.h"

#include <gtest/gtest.h>

#include "engine/search/match_set.h"
#include "tests/unit/search/naive_filter.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

class FilterCompilerTest : public SearchFixture {
 protected:
  void ExpectRight(const query::FilterBody& filter, const DayView& day) {
    const PooledBitmap passing = CompileFilter(filter, columns(), day, &pool_);
    for (DocId doc = 0; doc < postings_.size(); ++doc) {
      ASSERT_EQ(passing->Test(doc), Passes(filter, postings_[doc], day.today))
          << "filter kind " << filter.index() << ", " << postings_[doc].number.ToString();
    }
    ASSERT_EQ(passing->Count(), Members(passing->view()).size());
    ASSERT_TRUE(Members(passing->view()).empty() ||
                Members(passing->view()).back() < postings_.size());
  }

  BitmapPool pool_;
};

TEST_F(FilterCompilerTest, EveryFilterIsAScanOfThePostings) {
  Build(331, 2);
  const DayView day = DayView::Of(columns(), test::kToday);
  for (int run = 0; run < 1'500; ++run) {
    const query::Filter filter = RandomFilter(&random_, postings_);
    ASSERT_NO_FATAL_FAILURE(ExpectRight(filter.body, day)) << "run " << run;
  }
}

TEST_F(FilterCompilerTest, EveryColumnTakesRangesAndCodes) {
  Build(200);
  const DayView day = DayView::Of(columns(), test::kToday);
  for (const schema::ColumnSpec& spec : schema::Columns()) {
    for (int run = 0; run < 10; ++run) {
      const uint32_t a = spec.value(postings_[random_() % postings_.size()]);
      const uint32_t b = spec.value(postings_[random_() % postings_.size()]);
      for (const query::RangeFilter& filter :
           {query::RangeFilter{spec.id, a, b},
            query::RangeFilter{spec.id, 0, b},
            query::RangeFilter{spec.id, a, UINT32_MAX},
            query::RangeFilter{spec.id, 0, UINT32_MAX},
            query::RangeFilter{spec.id, spec.missing, spec.missing},
            query::RangeFilter{spec.id, UINT32_MAX, UINT32_MAX}}) {
        ASSERT_NO_FATAL_FAILURE(ExpectRight(filter, day)) << spec.name;
      }
      std::vector<uint32_t> codes = {a, b, spec.missing};
      for (uint32_t i = 0; i < 12; ++i) {
        codes.push_back(spec.value(postings_[random_() % postings_.size()]));
      }
      std::sort(codes.begin(), codes.end());
      codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
      ASSERT_NO_FATAL_FAILURE(ExpectRight(query::CodeFilter{spec.id, codes}, day)) << spec.name;
    }
  }
}

TEST_F(FilterCompilerTest, AnEmptySegmentHasNothing) {
  Build(0);
  const DayView day = DayView::Of(columns(), test::kToday);
  std::mt19937_64 random(1);
  const auto others = test::RandomPostings(&random, 20);
  for (int run = 0; run < 200; ++run) {
    EXPECT_EQ(CompileFilter(RandomFilter(&random, others).body, columns(), day, &pool_)->Count(),
              0U);
  }
}

class MatchSetTest : public SearchFixture {
 protected:
  // The open postings that pass every filter but those that `is_lifted` names.
  template <class IsLifted>
  std::vector<DocId> Expected(const query::SearchRequest& request,
                              const Bitmap& words,
                              IsLifted&& is_lifted) const {
    std::vector<DocId> expected;
    for (DocId doc = 0; doc < postings_.size(); ++doc) {
      const bool passes = std::all_of(
          request.filters.begin(), request.filters.end(), [&](const query::Filter& filter) {
            return is_lifted(filter) || Passes(filter.body, postings_[doc], test::kToday);
          });
      if (words.Test(doc) && IsOpen(postings_[doc], test::kToday) && passes) {
        expected.push_back(doc);
      }
    }
    return expected;
  }
};

TEST_F(MatchSetTest, FiltersHoldTogetherAndCanBeLiftedByGroup) {
  Build(300, 3);
  const DayView day = DayView::Of(columns(), test::kToday);
  for (int run = 0; run < 300; ++run) {
    query::SearchRequest request;
    for (uint64_t i = random_() % 5; i > 0; --i) {
      request.filters.push_back(RandomFilter(&random_, postings_));
    }
    // Only what a requested facet owns can be lifted.
    for (const schema::FacetSpec& facet : schema::Facets()) {
      request.facets.push_back(facet.id);
    }
    const Bitmap words = RandomSet(1 + random_() % 2);
    BitmapPool pool;
    MatchSet matches(request, columns(), day, &pool);
    PooledBitmap restricted = pool.TakeCopy(words.bits(), words.view());
    restricted->And(matches.candidates());
    matches.Restrict(std::move(restricted));
    matches.Finish();
    const auto all = Expected(request, words, [](const query::Filter&) { return false; });
    ASSERT_EQ(Members(matches.all()), all);
    ASSERT_EQ(matches.total(), all.size());
    for (const schema::FacetSpec& facet : schema::Facets()) {
      if (facet.own_group == schema::FilterGroup::kConditions) {
        continue;
      }
      ASSERT_EQ(Members(matches.Without(facet.own_group).view()),
                Expected(request, words, [&](const query::Filter& filter) {
                  return filter.group == facet.own_group;
                }));
    }
    for (const query::Filter& filter : request.filters) {
      const auto* excluded = std::get_if<query::ConditionFilter>(&filter.body);
      if (excluded != nullptr && excluded->excluded) {
        ASSERT_EQ(Members(matches.WithoutExclusion(excluded->condition).view()),
                  Expected(request, words, [&](const query::Filter& other) {
                    const auto* body = std::get_if<query::ConditionFilter>(&other.body);
                    return body != nullptr && body->excluded &&
                           body->condition == excluded->condition;
                  }));
      }
    }
  }
}

}  // namespace
}  // namespace kyujin::search
