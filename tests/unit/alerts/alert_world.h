// AlertWorld: a real index that publishes generations, a real store, and people who wait.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/percolator/percolator.h"
#include "engine/query/frozen_query.h"
#include "server/alerts/alert_worker.h"
#include "server/store/open_store.h"
#include "tests/testing/index_actions.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/temporary_folder.h"
#include "tests/unit/store/manual_clock.h"

namespace kyujin::test {

inline constexpr size_t kManyAlerts = 100'000;

// The feed of a posting with that title.
inline std::map<std::string, std::string> FeedOf(uint64_t number,
                                                 const std::string& title,
                                                 const std::string& more = "") {
  std::map<std::string, std::string> feed{
      {"kjno", schema::PostingNumber::FromValue(number).ToString()},
      {"sksu", title},
      {"uktkymd_seireki", "2026年11月20日"}};
  if (!more.empty()) {
    feed["shigoto_ny"] = more;
  }
  return feed;
}

inline constexpr uint64_t kFirstNumber = 1'301'000'000'001;

// A line of a JSON Lines feed.
inline std::string RecordLine(const std::map<std::string, std::string>& feed) {
  JsonWriter json;
  json.StartObject();
  json.Key("feed");
  json.StartObject();
  for (const auto& [tag, text] : feed) {
    json.Member(tag, text);
  }
  json.EndObject();
  json.EndObject();
  return std::string(json.view()) + "\n";
}

// Confined to one thread.
class AlertWorld : public testing::Test {
 protected:
  void SetUp() override {
    const auto feed = folder_ / "feed.jsonl";
    WriteBytes(feed, RecordLine(FeedOf(NumberOf(0), "受付")));
    const auto built = actions_.RunFeed(feed, indexer::FeedMode::kBuild);
    ASSERT_TRUE(built.has_value()) << built.error().message;
    store_ = OpenStore();
  }

  std::unique_ptr<store::Store> OpenStore() {
    auto opened = store::OpenStore(store_spec_, clock_);
    KYUJIN_CHECK(opened.has_value());
    return std::move(*opened);
  }

  void Publish(const std::string& lines) {
    const auto published = actions_.Apply(lines);
    ASSERT_TRUE(published.has_value()) << published.error().message;
  }

  [[nodiscard]] std::shared_ptr<const index::Snapshot> Open() const {
    auto opened = index::Snapshot::Open(actions_.path(), AnalyzerVersion());
    KYUJIN_CHECK(opened.has_value());
    return *opened;
  }

  static store::SavedQuery Save(store::Store* store,
                                const std::string& user,
                                const std::string& words,
                                store::Notify notify = store::Notify::kInstant) {
    text::Analyzer analyzer(SharedModel());
    const auto sent = query::ParseSearchParameters({{"q", words}, {"interpret", "off"}}, &analyzer);
    store::NewSavedQuery query;
    query.name = words;
    query.canonical = query::FreezeRequest(sent.request).query.canonical;
    query.notify = notify;
    query.max_per_user = 100;
    store::SavedQuery made;
    const auto answer = store->CreateSavedQuery(
        {user, 1}, query, std::nullopt, [&](const store::SavedQuery& saved) {
          made = saved;
          return std::string();
        });
    KYUJIN_CHECK(answer.has_value());
    return made;
  }

  // The number of posting `place`; 0 is there from the beginning.
  static uint64_t NumberOf(uint64_t place) { return kFirstNumber + place; }
  static std::string Upsert(uint64_t place,
                            const std::string& title,
                            const std::string& description = "") {
    return UpsertLine(FeedOf(NumberOf(place), title, description));
  }
  [[nodiscard]] uint64_t VersionOf(uint64_t place) const {
    const auto snapshot = Open();
    const auto address = snapshot->Find(schema::PostingNumber::FromValue(NumberOf(place)));
    return snapshot->segments()[address->segment]->columns().versions()[address->doc];
  }

  // All alerts of a user; of a summary number 0.
  std::vector<store::Alert> Alerts(const std::string& user) {
    const auto page = store_->Alerts(user, {}, kManyAlerts);
    KYUJIN_CHECK(page.has_value());
    return page->alerts;
  }
  std::vector<uint64_t> Numbers(const std::string& user) {
    std::vector<uint64_t> numbers;
    for (const store::Alert& alert : Alerts(user)) {
      numbers.push_back(alert.posting ? alert.posting->number : 0);
    }
    return numbers;
  }

  TemporaryFolder folder_;
  IndexActions actions_{folder_ / "index", SharedModel()};
  std::string store_spec_ = "sqlite:" + (folder_ / "store.sqlite").string();
  ManualClock clock_;
  std::unique_ptr<store::Store> store_;
  alerts::AlertObserver observer_;
  percolator::Percolator percolator_{SharedModel()};
};

}  // namespace kyujin::test
