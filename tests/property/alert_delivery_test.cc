// Servers that percolate, record and deliver while somebody publishes, killed (SIGKILL) at random
// moments, one or two at a time on one store: whoever streams and resumes with Last-Event-ID, and
// whoever reads page by page, is given each alert once and in order. With the real server, on
// SQLite and on PostgreSQL. KYUJIN_TEST_KILLS says how many kills on each (12 when not given).
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "server/store/token_text.h"
#include "tests/property/alert_readers.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/random_source.h"
#include "tests/testing/server_process.h"
#include "tests/testing/test_size.h"
#include "tests/unit/alerts/alert_world.h"
#include "tests/unit/store/store_backends.h"

namespace kyujin::test {
namespace {

constexpr uint64_t kPostings = 120;
constexpr std::string_view kTitles[] = {"看護師", "調理師", "溶接工", "事務員"};
// Stand in every posting: a publication is several pages of alerts.
constexpr std::string_view kEverywhere[] = {"募集", "急募", "歓迎", "面接", "随時", "応募", "勤務"};

constexpr size_t kDefaultKills = 12;

// What an alert is about: saved query, number, version.
using Subject = std::tuple<std::string, std::string, std::string>;

class AlertDeliveryTest : public AlertWorld, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "postgresql") {
      store_spec_ = NewPostgresqlDatabase();
    }
    AlertWorld::SetUp();
    for (const std::string_view title : kTitles) {
      saved_[std::string(title)] =
          std::to_string(Save(store_.get(), "alice", std::string(title)).id);
    }
    for (const std::string_view word : kEverywhere) {
      saved_[std::string(word)] = std::to_string(Save(store_.get(), "alice", std::string(word)).id);
    }
    // Alerts of others are none of hers.
    Save(store_.get(), "bob", std::string(kEverywhere[0]));
    token_ = *store::NewTokenText();
    KYUJIN_CHECK(
        store_->AddToken(store::DigestOf(token_), "alice", store::Role::kUser).has_value());
  }

  void StartServers(size_t count) {
    while (servers_.size() < count) {
      std::string failure;
      servers_.push_back(
          ServerProcess::Start(std::filesystem::path(KYUJIN_BINARY_DIR) / "bin" / "kyujin-server",
                               actions_.path(),
                               {"--store", store_spec_, "--postings-cache", "16M"},
                               &failure));
      ASSERT_NE(servers_.back(), nullptr) << failure;
      TellPorts();
    }
  }

  // One of them, or all.
  void KillServers(bool all) {
    while (!servers_.empty()) {
      servers_.back()->process().Signal(SIGKILL);
      ASSERT_EQ(servers_.back()->process().Wait(), 128 + SIGKILL);
      servers_.pop_back();
      ++kills_;
      if (!all) {
        break;
      }
    }
    TellPorts();
  }

  // Tells the readers which servers there are now.
  void TellPorts() {
    std::vector<uint16_t> ports;
    for (const auto& server : servers_) {
      ports.push_back(server->port());
    }
    ports_.Set(std::move(ports));
  }

  // Kills servers at random moments of what follows a publication: while it is percolated and
  // recorded, or once a reader has been given some of it.
  void KillSometime(const AlertReader& reader) {
    constexpr uint64_t kMicroseconds = 250'000;
    const size_t before = reader.count();
    const size_t some = random_.Percent(50) ? 1 + random_.Below(kPostings * 5) : 0;
    const auto until = std::chrono::steady_clock::now() +
                       std::chrono::microseconds(random_.Below(kMicroseconds) + some * 1'000);
    while (std::chrono::steady_clock::now() < until &&
           (some == 0 || reader.count() < before + some)) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    KillServers(random_.Percent(70));
  }

  // Publishes postings in new versions, and notes what alice must be told.
  void Change(uint64_t round) {
    std::map<uint64_t, std::string> titles;
    std::string lines;
    const uint64_t count = 1 + random_.Below(kPostings);
    for (uint64_t i = 0; i < count; ++i) {
      titles[1 + random_.Below(kPostings)] = kTitles[random_.Below(std::size(kTitles))];
    }
    for (const auto& [place, title] : titles) {
      lines += Upsert(place, title, fmt::format("第{}回 {}", round, fmt::join(kEverywhere, " ")));
    }
    ASSERT_NO_FATAL_FAILURE(Publish(lines));
    for (const auto& [place, title] : titles) {
      const std::string number = schema::PostingNumber::FromValue(NumberOf(place)).ToString();
      const std::string version = ToHex(VersionOf(place));
      expected_.insert({saved_.at(title), number, version});
      for (const std::string_view word : kEverywhere) {
        expected_.insert({saved_.at(std::string(word)), number, version});
      }
    }
  }

  // Waits until the newest generation is recorded; servers must run.
  void WaitUntilRecorded() {
    const auto snapshot = Open();
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    std::optional<uint64_t> recorded;
    while (recorded.value_or(0) < snapshot->generation()) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      const auto mark = store_->PercolatedGeneration(snapshot->index_id());
      recorded = mark.has_value() ? *mark : recorded;
    }
  }

  void WaitUntilGiven(const AlertReader& reader) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (reader.count() < expected_.size() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  // Each once, in the order in which they were recorded.
  void ExpectAll(const std::vector<GivenAlert>& given) {
    std::map<Subject, int> times;
    std::vector<std::tuple<uint64_t, uint64_t, uint64_t>> places;
    for (const GivenAlert& alert : given) {
      ++times[{alert.saved_query, alert.number, alert.version}];
      std::tuple<uint64_t, uint64_t, uint64_t> place;
      auto& [sequence, query, posting] = place;
      ASSERT_EQ(std::sscanf(alert.id.c_str(), "%lu-%lu-%lu", &sequence, &query, &posting), 3);
      places.push_back(place);
    }
    EXPECT_EQ(given.size(), expected_.size());
    for (const Subject& subject : expected_) {
      ASSERT_EQ(times[subject], 1) << std::get<0>(subject) << " " << std::get<1>(subject);
    }
    EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
    EXPECT_TRUE(std::adjacent_find(places.begin(), places.end()) == places.end());
  }

  const uint64_t seed_ = RandomSeed();
  RandomSource random_{seed_};
  std::map<std::string, std::string> saved_;  // words → id
  std::string token_;
  LivePorts ports_;
  std::vector<std::unique_ptr<ServerProcess>> servers_;
  size_t kills_ = 0;
  std::set<Subject> expected_;
};

TEST_P(AlertDeliveryTest, EveryAlertIsGivenOnceAndInOrder) {
  StartServers(1);
  WaitUntilRecorded();
  AlertReader stream(AlertReader::Way::kStream, ports_, token_, seed_ + 1);
  AlertReader pages(AlertReader::Way::kPages, ports_, token_, seed_ + 2);
  const size_t kills = TestSize("KYUJIN_TEST_KILLS", kDefaultKills);
  for (uint64_t round = 0; kills_ < kills; ++round) {
    ASSERT_NO_FATAL_FAILURE(Change(round));
    ASSERT_NO_FATAL_FAILURE(KillSometime(stream));
    ASSERT_NO_FATAL_FAILURE(StartServers(1 + random_.Below(2)));
    if (random_.Percent(40)) {
      ASSERT_NO_FATAL_FAILURE(KillSometime(stream));
      ASSERT_NO_FATAL_FAILURE(StartServers(1));
    }
    // Else a version that the next round replaces might never be told of, rightly.
    ASSERT_NO_FATAL_FAILURE(WaitUntilRecorded());
  }
  WaitUntilGiven(stream);
  WaitUntilGiven(pages);
  stream.Stop();
  pages.Stop();
  ExpectAll(stream.given());
  EXPECT_TRUE(stream.given() == pages.given());
  std::cout << kills_ << " kills, " << expected_.size() << " alerts, " << stream.resumptions()
            << " streams, of which " << stream.interruptions() << " began within a publication\n";
}

INSTANTIATE_TEST_SUITE_P(Stores, AlertDeliveryTest, AllStores());

}  // namespace
}  // namespace kyujin::test
