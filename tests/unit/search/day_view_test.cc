#include "engine/search/day_view.h"

#include <gtest/gtest.h>

#include "tests/unit/search/naive_filter.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

schema::JobPosting Posting(uint64_t number, std::optional<Date> received, std::optional<Date> end) {
  schema::JobPosting posting;
  posting.number = schema::PostingNumber::FromValue(number);
  posting.received = received;
  posting.deadline = end;
  return posting;
}

class DayViewTest : public SearchFixture {
 protected:
  void BuildOf(std::vector<schema::JobPosting> postings) {
    postings_ = std::move(postings);
    index_.Publish(postings_);
    snapshot_ = index_.Open();
  }
  // The code of the bucket that document `doc` is in, each document in one.
  static std::string BucketOf(const DayView& day, DocId doc) {
    std::string code;
    for (size_t value = 0; value < day.received.size(); ++value) {
      if (day.received[value].Test(doc)) {
        code += schema::FacetValueCode(schema::Facet::kReceived,
                                       static_cast<schema::FacetValue>(value));
      }
    }
    return code;
  }
};

TEST_F(DayViewTest, APostingIsOpenUntilTheEndOfItsLastDay) {
  const Date today = test::kToday;
  BuildOf({Posting(1, today, today.PlusDays(-1)),
           Posting(2, today, today),
           Posting(3, today, today.PlusDays(1)),
           Posting(4, today, std::nullopt)});
  EXPECT_EQ(Members(DayView::Of(columns(), today).open.view()), (std::vector<DocId>{1, 2, 3}));
  EXPECT_EQ(Members(DayView::Of(columns(), today.PlusDays(1)).open.view()),
            (std::vector<DocId>{2, 3}));
  EXPECT_EQ(Members(DayView::Of(columns(), today.PlusDays(2)).open.view()), std::vector<DocId>{3});
}

TEST_F(DayViewTest, NewIsTodayAndTwoDaysBefore) {
  const Date today = test::kToday;
  BuildOf({Posting(1, today.PlusDays(-3), std::nullopt),
           Posting(2, today.PlusDays(-2), std::nullopt),
           Posting(3, today, std::nullopt),
           Posting(4, today.PlusDays(1), std::nullopt),
           Posting(5, std::nullopt, std::nullopt)});
  EXPECT_EQ(Members(DayView::Of(columns(), today).is_new.view()), (std::vector<DocId>{1, 2}));
}

TEST_F(DayViewTest, ReceivedBucketsBeginAndEndWhereTheApiSays) {
  const Date today = test::kToday;
  const std::vector<std::pair<int, const char*>> expected = {{-5, "0"},
                                                             {0, "0"},
                                                             {1, "1-2"},
                                                             {2, "1-2"},
                                                             {3, "3-6"},
                                                             {6, "3-6"},
                                                             {7, "7-13"},
                                                             {13, "7-13"},
                                                             {14, "14-29"},
                                                             {29, "14-29"},
                                                             {30, "30-"},
                                                             {9'000, "30-"}};
  std::vector<schema::JobPosting> postings;
  for (const auto& [days_ago, code] : expected) {
    postings.push_back(Posting(postings.size() + 1, today.PlusDays(-days_ago), std::nullopt));
  }
  postings.push_back(Posting(postings.size() + 1, std::nullopt, std::nullopt));
  BuildOf(postings);
  const DayView day = DayView::Of(columns(), today);
  for (DocId doc = 0; doc < expected.size(); ++doc) {
    EXPECT_EQ(BucketOf(day, doc), expected[doc].second) << expected[doc].first << " days ago";
  }
  EXPECT_EQ(BucketOf(day, static_cast<DocId>(expected.size())), "unknown");
}

TEST_F(DayViewTest, EveryDayOfTheCalendarCanBeToday) {
  Build(100);
  for (const Date today : {Date::FromDays(0),
                           Date::FromDays(1),
                           Date::FromDays(29),
                           test::kToday,
                           Date::FromDays(UINT16_MAX - 1)}) {
    const DayView day = DayView::Of(columns(), today);
    for (DocId doc = 0; doc < postings_.size(); ++doc) {
      ASSERT_EQ(day.open.Test(doc), IsOpen(postings_[doc], today));
      ASSERT_EQ(day.is_new.Test(doc), IsNew(postings_[doc], today));
      ASSERT_FALSE(BucketOf(day, doc).empty());
    }
    uint64_t bucketed = 0;
    for (const Bitmap& bucket : day.received) {
      bucketed += bucket.Count();
    }
    ASSERT_EQ(bucketed, postings_.size()) << "each in one bucket";
  }
}

TEST_F(DayViewTest, TheCacheMakesAViewOnceADay) {
  Build(10);
  DayViewCache cache;
  const auto view = cache.Get(*snapshot_, 0, test::kToday);
  EXPECT_EQ(view->today, test::kToday);
  EXPECT_EQ(cache.Get(*snapshot_, 0, test::kToday), view);
  const auto tomorrow = cache.Get(*snapshot_, 0, test::kToday.PlusDays(1));
  EXPECT_EQ(tomorrow->today, test::kToday.PlusDays(1));
  EXPECT_EQ(cache.Get(*snapshot_, 0, test::kToday), view) << "yesterday's requests still run";
}

TEST_F(DayViewTest, TheCacheForgetsDeadSegmentsAndOldDays) {
  Build(10);
  DayViewCache cache;
  std::weak_ptr<const DayView> first = cache.Get(*snapshot_, 0, test::kToday);
  for (int day = 1; day <= 2; ++day) {
    cache.Get(*snapshot_, 0, test::kToday.PlusDays(day));
  }
  EXPECT_TRUE(first.expired());
  const std::weak_ptr<const index::Segment> old = snapshot_->segments()[0];
  index_.Publish(postings_);
  snapshot_ = index_.Open();
  cache.Get(*snapshot_, 0, test::kToday);
  EXPECT_TRUE(old.expired());
}

}  // namespace
}  // namespace kyujin::search
