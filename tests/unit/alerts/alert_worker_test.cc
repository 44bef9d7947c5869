#include "server/alerts/alert_worker.h"

#include <gmock/gmock.h>

#include <optional>
#include <thread>

#include "tests/unit/alerts/alert_world.h"

namespace kyujin::alerts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class AlertWorkerTest : public test::AlertWorld {
 protected:
  void SetUp() override {
    test::AlertWorld::SetUp();
    worker_.emplace(*store_, percolator_, observer_);
    ASSERT_TRUE(worker_->Load(*Open()).has_value());
    CatchUp();
  }
  void CatchUp() {
    const Status status = worker_->CatchUp(*Open());
    ASSERT_TRUE(status.has_value()) << status.error().message;
  }
  void PublishAndCatchUp(const std::string& lines) {
    Publish(lines);
    CatchUp();
  }

  std::optional<AlertWorker> worker_;
};

TEST_F(AlertWorkerTest, WhatTheIndexHeldBeforeIsNoNews) {
  Save(store_.get(), "alice", "受付");
  CatchUp();
  EXPECT_THAT(Alerts("alice"), IsEmpty());
  EXPECT_EQ(**store_->PercolatedGeneration(Open()->index_id()), Open()->generation());
}

TEST_F(AlertWorkerTest, NewPostingsFindThoseWhoWait) {
  Save(store_.get(), "alice", "看護師");
  Save(store_.get(), "bob", "看護師");
  Save(store_.get(), "bob", "調理師");
  Save(store_.get(), "carol", "溶接工");
  PublishAndCatchUp(Upsert(1, "看護師") + Upsert(2, "調理師") + Upsert(3, "事務員"));
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(1)));
  EXPECT_THAT(Numbers("bob"), UnorderedElementsAre(NumberOf(1), NumberOf(2)));
  EXPECT_THAT(Numbers("carol"), IsEmpty());
  EXPECT_EQ(Alerts("alice")[0].posting->version, VersionOf(1));
  CatchUp();
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(1)));
}

TEST_F(AlertWorkerTest, ChangesAlertAgainOnlyWhenSomethingCanBeSeen) {
  Save(store_.get(), "alice", "看護師");
  PublishAndCatchUp(Upsert(1, "看護師"));
  auto feed = test::FeedOf(NumberOf(1), "看護師");
  feed["tag_that_nobody_shows"] = "1";
  PublishAndCatchUp(test::UpsertLine(feed));
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(1)));
  PublishAndCatchUp(Upsert(1, "看護師", "日勤"));
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(1), NumberOf(1)));
  // What it says now it said before.
  PublishAndCatchUp(Upsert(1, "看護師"));
  EXPECT_THAT(Alerts("alice"), SizeIs(2));
  PublishAndCatchUp(test::DeleteLine(NumberOf(1)));
  EXPECT_THAT(Alerts("alice"), SizeIs(2));
}

TEST_F(AlertWorkerTest, ManyMatchesAreOneSummary) {
  Save(store_.get(), "alice", "看護師");
  Save(store_.get(), "bob", "看護師 夜勤");
  std::string lines;
  for (uint64_t place = 1; place <= store::kMaxMatchesPerQuery + 1; ++place) {
    lines += Upsert(place, "看護師", place == 1 ? "日勤" : "夜勤");
  }
  PublishAndCatchUp(lines);
  const auto summary = Alerts("alice");
  ASSERT_THAT(summary, SizeIs(1));
  EXPECT_FALSE(summary[0].posting.has_value());
  EXPECT_EQ(summary[0].count, store::kMaxMatchesPerQuery + 1);
  EXPECT_EQ(summary[0].generation, Open()->generation());
  EXPECT_THAT(Alerts("bob"), SizeIs(store::kMaxMatchesPerQuery));
}

TEST_F(AlertWorkerTest, PausedAndSilentQueriesGetNothing) {
  const auto paused = Save(store_.get(), "alice", "看護師");
  Save(store_.get(), "bob", "看護師", store::Notify::kOff);
  ASSERT_TRUE(store_->ChangeSavedQuery({"alice", 1}, paused.id, {.is_paused = true}).has_value());
  PublishAndCatchUp(Upsert(1, "看護師"));
  ASSERT_TRUE(store_->ChangeSavedQuery({"alice", 1}, paused.id, {.is_paused = false}).has_value());
  EXPECT_THAT(Alerts("alice"), IsEmpty());
  EXPECT_THAT(Alerts("bob"), IsEmpty());
  PublishAndCatchUp(Upsert(2, "看護師"));
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(2)));
}

TEST_F(AlertWorkerTest, DailyAlertsWaitForTheHour) {
  Save(store_.get(), "alice", "看護師", store::Notify::kDaily);
  PublishAndCatchUp(Upsert(1, "看護師"));
  EXPECT_THAT(Alerts("alice"), IsEmpty());  // noon, and the hour is 8
  clock_.Advance(std::chrono::hours(24));
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(1)));
}

TEST_F(AlertWorkerTest, GenerationsThatWereMissedAreTakenUp) {
  Save(store_.get(), "alice", "看護師");
  Publish(Upsert(1, "看護師") + Upsert(2, "看護師"));
  Publish(Upsert(3, "看護師") + test::DeleteLine(NumberOf(2)));
  Publish(Upsert(1, "調理師"));
  CatchUp();
  // As they are now: the second is gone, the first is something else.
  EXPECT_THAT(Numbers("alice"), ElementsAre(NumberOf(3)));
}

TEST_F(AlertWorkerTest, TwoServersRecordOnce) {
  const auto other_store = OpenStore();
  percolator::Percolator other_percolator(test::SharedModel());
  AlertWorker other(*other_store, other_percolator, observer_);
  ASSERT_TRUE(other.Load(*Open()).has_value());
  Save(store_.get(), "alice", "看護師");
  for (uint64_t round = 1; round <= 5; ++round) {
    Publish(Upsert(round, "看護師"));
    std::thread second([&] { EXPECT_TRUE(other.CatchUp(*Open()).has_value()); });
    CatchUp();
    second.join();
    EXPECT_THAT(Alerts("alice"), SizeIs(round));
  }
}

TEST_F(AlertWorkerTest, QueriesThatCannotBeReadAreReportedAndMatchNothing) {
  class Reports : public AlertObserver {
   public:
    void OnUnreadableQuery(int64_t id, std::string_view reason) override {
      ids.push_back(id);
      EXPECT_THAT(std::string(reason), testing::HasSubstr("smell"));
    }
    std::vector<int64_t> ids;
  };
  store::NewSavedQuery query;
  query.name = "old";
  query.canonical = "interpret=off&partial=never&smell=good";
  query.notify = store::Notify::kInstant;
  query.max_per_user = 10;
  int64_t id = 0;
  ASSERT_TRUE(store_
                  ->CreateSavedQuery({"alice", 1},
                                     query,
                                     std::nullopt,
                                     [&](const store::SavedQuery& saved) {
                                       id = saved.canonical_id;
                                       return std::string();
                                     })
                  .has_value());
  Reports reports;
  percolator::Percolator percolator(test::SharedModel());
  AlertWorker worker(*store_, percolator, reports);
  ASSERT_TRUE(worker.Load(*Open()).has_value());
  EXPECT_THAT(reports.ids, ElementsAre(id));
  Publish(Upsert(1, "看護師"));
  ASSERT_TRUE(worker.CatchUp(*Open()).has_value());
  EXPECT_THAT(Alerts("alice"), IsEmpty());
}

}  // namespace
}  // namespace kyujin::alerts
