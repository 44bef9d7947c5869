// Servers that percolate and record while somebody publishes, killed (SIGKILL) at random moments,
// one or two at a time on one store: in the end every match is recorded, and none twice.
// On SQLite and on PostgreSQL. KYUJIN_TEST_KILLS says how many rounds on each, of which each kills
// all servers (15 when not given).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <tuple>

#include "engine/base/clock.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/random_source.h"
#include "tests/testing/test_size.h"
#include "tests/unit/alerts/alert_world.h"
#include "tests/unit/store/store_backends.h"

namespace kyujin::test {
namespace {

constexpr uint64_t kPostings = 60;
constexpr std::string_view kTitles[] = {"看護師", "調理師", "溶接工", "事務員"};

constexpr size_t kDefaultKills = 15;

// One recorded match: saved query, posting, version.
using Match = std::tuple<int64_t, uint64_t, uint64_t>;

class AlertCrashTest : public AlertWorld, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "postgresql") {
      store_spec_ = NewPostgresqlDatabase();
    }
    AlertWorld::SetUp();
  }

  // Catches up with the index until it is killed, or once.
  void Serve(bool is_once) {
    const SystemClock clock;
    auto store = store::OpenStore(store_spec_, clock);
    KYUJIN_CHECK(store.has_value());
    percolator::Percolator percolator(SharedModel());
    alerts::AlertWorker worker(**store, percolator, observer_);
    KYUJIN_CHECK(worker.Load(*Open()).has_value());
    do {
      const Status status = worker.CatchUp(*Open());
      KYUJIN_CHECK(status.has_value() || status.error().code == ErrorCode::kUnavailable);
    } while (!is_once);
  }

  pid_t StartServer() {
    const pid_t child = fork();
    if (child == 0) {
      Serve(false);
      _exit(0);
    }
    return child;
  }

  // A posting that changes with each round, and what it then must alert.
  std::string Change(uint64_t round, RandomSource* random) {
    std::string lines;
    for (uint64_t i = 0; i < kPostings / 4; ++i) {
      const uint64_t place = 1 + random->Below(kPostings);
      lines += Upsert(place,
                      std::string(kTitles[random->Below(std::size(kTitles))]),
                      fmt::format("第{}回 その{}", round, i));
    }
    return lines;
  }

  // What each saved query must have been told of the live postings.
  void ExpectAll(const std::map<std::string, store::SavedQuery>& saved,
                 const std::map<std::pair<uint64_t, uint64_t>, std::string>& published) {
    for (const auto& [title, query] : saved) {
      std::multiset<Match> recorded;
      for (const store::Alert& alert : Alerts(query.name)) {
        ASSERT_TRUE(alert.posting.has_value());
        recorded.emplace(query.id, alert.posting->number, alert.posting->version);
      }
      for (const auto& [posting, its_title] : published) {
        const Match match{query.id, posting.first, posting.second};
        if (its_title == title) {
          EXPECT_EQ(recorded.count(match), 1U) << title << " " << posting.first;
        }
      }
      for (const Match& match : recorded) {
        EXPECT_EQ(recorded.count(match), 1U);
        const auto found = published.find({std::get<1>(match), std::get<2>(match)});
        ASSERT_NE(found, published.end());
        EXPECT_EQ(found->second, title);
      }
    }
  }
};

TEST_P(AlertCrashTest, EveryMatchIsRecordedOnce) {
  RandomSource random(RandomSeed());
  std::map<std::string, store::SavedQuery> saved;
  for (const std::string_view title : kTitles) {
    saved[std::string(title)] = Save(store_.get(), std::string(title), std::string(title));
  }
  store_.reset();  // children open their own
  const pid_t first = fork();
  if (first == 0) {
    Serve(true);
    _exit(0);
  }
  ASSERT_EQ(waitpid(first, nullptr, 0), first);
  // (number, version) → title, of every generation that all servers were given time to see.
  std::map<std::pair<uint64_t, uint64_t>, std::string> published;
  size_t kills = 0;
  for (uint64_t round = 0; round < TestSize("KYUJIN_TEST_KILLS", kDefaultKills); ++round) {
    std::vector<pid_t> servers{StartServer()};
    if (random.Percent(50)) {
      servers.push_back(StartServer());
    }
    kills += servers.size();
    ASSERT_NO_FATAL_FAILURE(Publish(Change(round, &random)));
    const auto snapshot = Open();
    for (size_t segment = 0; segment < snapshot->segments().size(); ++segment) {
      const auto& columns = snapshot->segments()[segment]->columns();
      for (DocId doc = 0; doc < columns.documents(); ++doc) {
        const auto& dead = snapshot->tombstones(segment);
        if (dead == nullptr || !dead->dead().Test(doc)) {
          const auto posting = *snapshot->ReadPosting({static_cast<uint32_t>(segment), doc});
          published[{columns.numbers()[doc], columns.versions()[doc]}] =
              posting.feed.Get(schema::Tag::kSksu);
        }
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random.Below(60'000)));
    for (const pid_t server : servers) {
      ASSERT_EQ(kill(server, SIGKILL), 0);
      ASSERT_EQ(waitpid(server, nullptr, 0), server);
    }
    // Nothing that a later generation changes is to be missed: whoever comes next catches up first.
    const pid_t next = fork();
    if (next == 0) {
      Serve(true);
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(next, &status, 0), next);
    ASSERT_EQ(status, 0);
  }
  store_ = OpenStore();
  ExpectAll(saved, published);
  std::cout << kills << " kills, " << published.size() << " postings published\n";
}

INSTANTIATE_TEST_SUITE_P(Stores, AlertCrashTest, AllStores());

}  // namespace
}  // namespace kyujin::test
