// The contract of Store about canonical queries and alerts.
#include <gmock/gmock.h>

#include <map>
#include <thread>

#include "tests/unit/store/store_backends.h"

namespace kyujin::store {
namespace {

using test::CodeOf;
using test::Got;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr uint64_t kIndex = 0xF000'0000'0000'0001;

class StoreAlertsTest : public test::StoreTest {
 protected:
  SavedQuery Save(const std::string& user, const std::string& words, Notify notify) {
    NewSavedQuery query;
    query.name = words;
    query.canonical = words;
    query.notify = notify;
    query.max_per_user = 100;
    SavedQuery made;
    Got(store_->CreateSavedQuery({user, 1}, query, std::nullopt, [&](const SavedQuery& saved) {
      made = saved;
      return std::string();
    }));
    return made;
  }

  int64_t Newest() {
    const auto changes = Got(store_->CanonicalChanges(0, 1'000));
    return changes.empty() ? 0 : changes.back().sequence;
  }

  // Publishes postings (number, version), of which each query matched those at the given places.
  RecordOutcome Publish(uint64_t generation,
                        const std::vector<PublishedPosting>& postings,
                        const std::map<int64_t, std::vector<uint32_t>>& matched) {
    std::vector<QueryMatches> matches;
    for (const auto& [canonical, places] : matched) {
      matches.push_back({canonical, places, places.size()});
    }
    return Got(store_->RecordMatches({kIndex, generation, postings, Newest()}, matches));
  }

  std::vector<uint64_t> Numbers(const std::string& user, const AlertCursor& since = {}) {
    std::vector<uint64_t> numbers;
    for (const Alert& alert : Got(store_->Alerts(user, since, 100)).alerts) {
      numbers.push_back(alert.posting ? alert.posting->number : 0);
    }
    return numbers;
  }

  std::vector<std::string> Watched() {
    std::vector<std::string> queries;
    Got(store_->EachCanonicalQuery([&](const CanonicalQuery& query) -> Status {
      queries.emplace_back(query.canonical);
      return {};
    }));
    return queries;
  }
};

TEST_P(StoreAlertsTest, VisitsQueriesThatSomebodyWaitsFor) {
  Save("alice", "a", Notify::kInstant);
  Save("bob", "a", Notify::kDaily);
  Save("bob", "b", Notify::kOff);
  const SavedQuery paused = Save("bob", "c", Notify::kInstant);
  Got(store_->ChangeSavedQuery({"bob", 1}, paused.id, {.is_paused = true}));
  EXPECT_THAT(Watched(), ElementsAre("a"));
  Got(store_->ChangeSavedQuery({"bob", 1}, paused.id, {.is_paused = false}));
  EXPECT_THAT(Watched(), UnorderedElementsAre("a", "c"));
  const auto failed = store_->EachCanonicalQuery(
      [](const CanonicalQuery&) -> Status { return Unavailable("enough"); });
  EXPECT_EQ(CodeOf(failed), ErrorCode::kUnavailable);
}

TEST_P(StoreAlertsTest, ChangesTellWhoBeganAndEndedToBeWatched) {
  const SavedQuery first = Save("alice", "a", Notify::kInstant);
  int64_t since =
      Got(store_->EachCanonicalQuery([](const CanonicalQuery&) -> Status { return {}; }));
  EXPECT_THAT(Got(store_->CanonicalChanges(since, 10)), IsEmpty());
  // A second who waits for the same is no change.
  const SavedQuery second = Save("bob", "a", Notify::kInstant);
  EXPECT_THAT(Got(store_->CanonicalChanges(since, 10)), IsEmpty());
  const SavedQuery other = Save("bob", "b", Notify::kDaily);
  auto changes = Got(Open()->CanonicalChanges(since, 10));
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].id, other.canonical_id);
  EXPECT_TRUE(changes[0].is_watched);
  EXPECT_EQ(changes[0].canonical, "b");
  since = changes[0].sequence;
  EXPECT_OK(store_->DeleteSavedQuery({"alice", 1}, first.id));
  EXPECT_THAT(Got(store_->CanonicalChanges(since, 10)), IsEmpty());
  Got(store_->ChangeSavedQuery({"bob", 1}, second.id, {.notify = Notify::kOff}));
  changes = Got(store_->CanonicalChanges(since, 10));
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].id, first.canonical_id);
  EXPECT_FALSE(changes[0].is_watched);
  EXPECT_EQ(changes[0].canonical, "");
  EXPECT_OK(store_->DeleteUser({"bob", 1}));
  EXPECT_THAT(Got(store_->CanonicalChanges(changes[0].sequence, 10)), SizeIs(2));
}

TEST_P(StoreAlertsTest, CanonicalQueryThatNobodyHasIsForgottenAndCanComeAgain) {
  const SavedQuery first = Save("alice", "a", Notify::kInstant);
  EXPECT_OK(store_->DeleteSavedQuery({"alice", 1}, first.id));
  EXPECT_THAT(Watched(), IsEmpty());
  const SavedQuery second = Save("alice", "a", Notify::kInstant);
  EXPECT_NE(second.canonical_id, first.canonical_id);
  EXPECT_THAT(Watched(), ElementsAre("a"));
}

TEST_P(StoreAlertsTest, MatchesBecomeTheAlertsOfEveryoneWhoWaits) {
  const SavedQuery of_alice = Save("alice", "a", Notify::kInstant);
  const SavedQuery of_bob = Save("bob", "a", Notify::kInstant);
  Save("carol", "c", Notify::kInstant);
  const std::vector<PublishedPosting> postings = {{101, 1}, {102, UINT64_MAX}, {103, 3}};
  EXPECT_EQ(Publish(4, postings, {{of_alice.canonical_id, {1, 2}}}), RecordOutcome::kRecorded);
  const AlertPage page = Got(store_->Alerts("alice", {}, 10));
  ASSERT_THAT(page.alerts, SizeIs(2));
  EXPECT_FALSE(page.has_more);
  EXPECT_EQ(page.alerts[0].posting->number, 102U);
  EXPECT_EQ(page.alerts[0].posting->version, UINT64_MAX);
  EXPECT_EQ(page.alerts[0].position.saved_query, of_alice.id);
  EXPECT_EQ(page.alerts[0].generation, 4U);
  EXPECT_EQ(page.alerts[0].at, clock_.Now());
  EXPECT_LT(page.alerts[0].position, page.alerts[1].position);
  EXPECT_THAT(Numbers("bob"), ElementsAre(102, 103));
  EXPECT_EQ(Got(store_->Alerts("bob", {}, 1)).alerts[0].position.saved_query, of_bob.id);
  EXPECT_THAT(Numbers("carol"), IsEmpty());
  EXPECT_THAT(Numbers("alice", page.next), IsEmpty());
  EXPECT_EQ(Got(store_->LastPublication()), page.alerts[0].position.sequence);
}

TEST_P(StoreAlertsTest, PublicationIsRecordedOnce) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex)), std::nullopt);
  EXPECT_EQ(Publish(4, {{101, 1}}, {{saved.canonical_id, {0}}}), RecordOutcome::kRecorded);
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex)), 4U);
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex + 1)), std::nullopt);
  EXPECT_EQ(Publish(4, {{101, 1}}, {{saved.canonical_id, {0}}}), RecordOutcome::kAlreadyRecorded);
  EXPECT_EQ(Publish(3, {{102, 1}}, {{saved.canonical_id, {0}}}), RecordOutcome::kAlreadyRecorded);
  EXPECT_EQ(Publish(5, {}, {}), RecordOutcome::kRecorded);
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex)), 5U);
  EXPECT_THAT(Numbers("alice"), ElementsAre(101));
}

TEST_P(StoreAlertsTest, QueryThatTheCallerDidNotKnowMakesItStale) {
  const SavedQuery known = Save("alice", "a", Notify::kInstant);
  const int64_t known_changes = Newest();
  const SavedQuery unknown = Save("bob", "b", Notify::kInstant);
  const std::vector<PublishedPosting> postings = {{101, 1}, {102, 1}};
  const std::vector<uint32_t> all = {0, 1};
  const std::vector<QueryMatches> first = {{known.canonical_id, all, 2}};
  EXPECT_EQ(Got(store_->RecordMatches({kIndex, 4, postings, known_changes}, first)),
            RecordOutcome::kStale);
  EXPECT_THAT(Numbers("alice"), IsEmpty());
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex)), std::nullopt);
  // Only what is new need come.
  EXPECT_EQ(Publish(4, postings, {{unknown.canonical_id, {1}}}), RecordOutcome::kRecorded);
  EXPECT_THAT(Numbers("alice"), ElementsAre(101, 102));
  EXPECT_THAT(Numbers("bob"), ElementsAre(102));
}

TEST_P(StoreAlertsTest, VersionAlertsOnce) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  Publish(1, {{101, 1}, {102, 1}}, {{saved.canonical_id, {0}}});
  Publish(2, {{101, 2}, {102, 2}}, {{saved.canonical_id, {0, 1}}});
  // Back to what it said first; 102 did not match then.
  Publish(3, {{101, 1}, {102, 1}}, {{saved.canonical_id, {0, 1}}});
  EXPECT_THAT(Numbers("alice"), ElementsAre(101, 101, 102, 102));
}

TEST_P(StoreAlertsTest, ManyMatchesAreASummary) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  const std::vector<PublishedPosting> postings(300, PublishedPosting{1, 1});
  const std::vector<QueryMatches> matches = {{saved.canonical_id, {}, 300}};
  EXPECT_EQ(Got(store_->RecordMatches({kIndex, 9, postings, Newest()}, matches)),
            RecordOutcome::kRecorded);
  const AlertPage page = Got(store_->Alerts("alice", {}, 10));
  ASSERT_THAT(page.alerts, SizeIs(1));
  EXPECT_FALSE(page.alerts[0].posting);
  EXPECT_EQ(page.alerts[0].count, 300U);
  EXPECT_EQ(page.alerts[0].generation, 9U);
  EXPECT_THAT(Numbers("alice", page.alerts[0].after), IsEmpty());
}

TEST_P(StoreAlertsTest, OnlyWhatIsPublishedWhileItIsOn) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  Publish(1, {{1, 1}}, {{saved.canonical_id, {0}}});
  Got(store_->ChangeSavedQuery({"alice", 1}, saved.id, {.is_paused = true}));
  Publish(2, {{2, 1}}, {{saved.canonical_id, {0}}});
  Got(store_->ChangeSavedQuery({"alice", 1}, saved.id, {.is_paused = false}));
  Publish(3, {{3, 1}}, {{saved.canonical_id, {0}}});
  Got(store_->ChangeSavedQuery({"alice", 1}, saved.id, {.notify = Notify::kOff}));
  Publish(4, {{4, 1}}, {{saved.canonical_id, {0}}});
  // Another user's later wish for the same brings nothing of before.
  Save("bob", "a", Notify::kInstant);
  Publish(5, {{5, 1}}, {{saved.canonical_id, {0}}});
  EXPECT_THAT(Numbers("alice"), ElementsAre(1, 3));
  EXPECT_THAT(Numbers("bob"), ElementsAre(5));
}

TEST_P(StoreAlertsTest, DailyAppearsAtTheHourAndNothingIsMissed) {
  // The clock begins at noon.
  EXPECT_OK(store_->ChangeSettings("alice", {19}));
  const SavedQuery instant = Save("alice", "a", Notify::kInstant);
  const SavedQuery daily = Save("alice", "b", Notify::kDaily);
  Publish(1, {{1, 1}, {2, 1}}, {{instant.canonical_id, {0}}, {daily.canonical_id, {1}}});
  const AlertPage noon = Got(store_->Alerts("alice", {}, 10));
  ASSERT_THAT(noon.alerts, SizeIs(1));
  EXPECT_EQ(noon.alerts[0].posting->number, 1U);
  clock_.Advance(std::chrono::hours(6));
  Publish(2, {{3, 1}}, {{instant.canonical_id, {0}}});
  const AlertPage six = Got(store_->Alerts("alice", noon.next, 10));
  ASSERT_THAT(six.alerts, SizeIs(1));
  clock_.Advance(std::chrono::minutes(60));
  // Recorded at the hour itself: tomorrow's.
  Publish(3, {{4, 1}}, {{daily.canonical_id, {0}}});
  EXPECT_THAT(Numbers("alice", six.next), ElementsAre(2));
  EXPECT_THAT(Numbers("alice"), ElementsAre(1, 2, 3));
  const AlertCursor seven = Got(store_->Alerts("alice", six.next, 10)).next;
  clock_.Advance(std::chrono::hours(23));
  EXPECT_THAT(Numbers("alice", seven), IsEmpty());
  clock_.Advance(std::chrono::hours(1));
  EXPECT_THAT(Numbers("alice", seven), ElementsAre(4));
}

TEST_P(StoreAlertsTest, DailyThatBecomesInstantLosesNothing) {
  EXPECT_OK(store_->ChangeSettings("alice", {19}));
  const SavedQuery saved = Save("alice", "a", Notify::kDaily);
  Publish(1, {{1, 1}}, {{saved.canonical_id, {0}}});
  Got(store_->ChangeSavedQuery({"alice", 1}, saved.id, {.notify = Notify::kInstant}));
  Publish(2, {{2, 1}}, {{saved.canonical_id, {0}}});
  const AlertPage page = Got(store_->Alerts("alice", {}, 10));
  ASSERT_THAT(page.alerts, SizeIs(1));
  EXPECT_EQ(page.alerts[0].posting->number, 2U);
  clock_.Advance(std::chrono::hours(8));
  EXPECT_THAT(Numbers("alice", page.next), ElementsAre(1));
}

TEST_P(StoreAlertsTest, PagesOfAnySizeGiveTheSame) {
  EXPECT_OK(store_->ChangeSettings("alice", {19}));
  std::vector<SavedQuery> saved;
  for (int i = 0; i < 4; ++i) {
    saved.push_back(
        Save("alice", "q" + std::to_string(i), i % 2 == 0 ? Notify::kInstant : Notify::kDaily));
  }
  for (uint64_t generation = 1; generation <= 5; ++generation) {
    std::vector<PublishedPosting> postings;
    for (uint64_t i = 0; i < 40; ++i) {
      postings.push_back({generation * 100 + i, 1});
    }
    std::map<int64_t, std::vector<uint32_t>> matched;
    for (uint32_t i = 0; i < 4; ++i) {
      for (uint32_t place = i; place < 40; place += i + static_cast<uint32_t>(generation % 3) + 1) {
        matched[saved[i].canonical_id].push_back(place);
      }
    }
    Publish(generation, postings, matched);
  }
  clock_.Advance(std::chrono::hours(24));
  const AlertPage whole = Got(store_->Alerts("alice", {}, 1'000));
  EXPECT_FALSE(whole.has_more);
  ASSERT_GT(whole.alerts.size(), 150U);
  for (const size_t limit : {1U, 2U, 7U, 33U, 100U}) {
    std::vector<Alert> all;
    AlertPage page;
    do {
      page = Got(store_->Alerts("alice", page.next, limit));
      EXPECT_LE(page.alerts.size(), limit);
      all.insert(all.end(), page.alerts.begin(), page.alerts.end());
    } while (page.has_more && all.size() < 1'000);
    EXPECT_EQ(page.next, whole.next);
    ASSERT_EQ(all.size(), whole.alerts.size());
    for (size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(all[i].position, whole.alerts[i].position);
      EXPECT_EQ(all[i].posting->number, whole.alerts[i].posting->number);
      EXPECT_EQ(all[i].after, whole.alerts[i].after);
    }
  }
}

TEST_P(StoreAlertsTest, AlertsOfManyPublicationsAreFound) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  for (uint64_t generation = 1; generation <= 300; ++generation) {
    if (generation % 149 == 0) {
      Publish(generation, {{generation, 1}}, {{saved.canonical_id, {0}}});
    } else {
      Publish(generation, {}, {});
    }
  }
  EXPECT_THAT(Numbers("alice"), ElementsAre(149, 298));
}

TEST_P(StoreAlertsTest, SeveralServersRecordTheSameOnce) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  std::vector<PublishedPosting> postings;
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < 200; ++i) {
    postings.push_back({1'000 + i, i});
    places.push_back(i);
  }
  const std::vector<QueryMatches> matches = {{saved.canonical_id, places, places.size()}};
  const int64_t known = Newest();
  std::vector<RecordOutcome> outcomes(4);
  std::vector<std::thread> servers;
  for (RecordOutcome& outcome : outcomes) {
    servers.emplace_back([&, other = std::shared_ptr<Store>(Open())] {
      const auto result = other->RecordMatches({kIndex, 1, postings, known}, matches);
      outcome = result.has_value() ? *result : RecordOutcome::kStale;
    });
  }
  for (std::thread& server : servers) {
    server.join();
  }
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), RecordOutcome::kRecorded), 1);
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), RecordOutcome::kAlreadyRecorded), 3);
  EXPECT_EQ(Got(store_->Alerts("alice", {}, 1'000)).alerts.size(), 200U);
}

TEST_P(StoreAlertsTest, ForgetsOldAlertsButNotHowFarItCame) {
  const SavedQuery saved = Save("alice", "a", Notify::kInstant);
  for (uint64_t generation = 1; generation <= 3; ++generation) {
    Publish(generation, {{generation, 1}}, {{saved.canonical_id, {0}}});
    clock_.Advance(std::chrono::hours(24));
  }
  EXPECT_TRUE(Got(store_->ForgetAlerts(clock_.Now())));
  EXPECT_FALSE(Got(store_->ForgetAlerts(clock_.Now())));
  EXPECT_FALSE(Got(store_->ForgetAlerts(clock_.Now())));
  EXPECT_THAT(Numbers("alice"), ElementsAre(3));
  EXPECT_EQ(Got(store_->PercolatedGeneration(kIndex)), 3U);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreAlertsTest, test::AllStores(), [](const auto& suite) {
  return suite.param;
});

}  // namespace
}  // namespace kyujin::store
