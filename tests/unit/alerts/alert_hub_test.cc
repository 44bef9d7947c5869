#include "server/alerts/alert_hub.h"

#include <gmock/gmock.h>

#include "server/alerts/alert_codec.h"
#include "tests/unit/alerts/alert_world.h"

namespace kyujin::alerts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A connection that keeps what it was sent.
struct Connection {
  std::vector<std::string> sent;
  bool is_open = true;

  // The posting numbers of the events, in order.
  [[nodiscard]] std::vector<std::string> Numbers() const {
    std::vector<std::string> numbers;
    for (const std::string& bytes : sent) {
      constexpr std::string_view kMember = R"("number":")";
      for (size_t at = bytes.find(kMember); at != bytes.npos; at = bytes.find(kMember, at + 1)) {
        numbers.push_back(bytes.substr(at + kMember.size(), 14));
      }
    }
    return numbers;
  }
};

class AlertHubTest : public test::AlertWorld {
 protected:
  void SetUp() override {
    test::AlertWorld::SetUp();
    worker_.emplace(*store_, percolator_, observer_);
    ASSERT_TRUE(worker_->Load(*Open()).has_value());
    ASSERT_TRUE(worker_->CatchUp(*Open()).has_value());
    hub_.emplace(*store_, clock_);
  }
  std::shared_ptr<Connection> Listen(const std::string& user,
                                     const store::AlertCursor& since = {}) {
    auto connection = std::make_shared<Connection>();
    hub_->Add({user,
               since,
               [connection](const auto& bytes) { connection->sent.push_back(*bytes); },
               [connection] { return connection->is_open; }});
    return connection;
  }
  void Poll() { ASSERT_TRUE(hub_->Poll().has_value()); }
  void PublishAndPoll(const std::string& lines) {
    Publish(lines);
    ASSERT_TRUE(worker_->CatchUp(*Open()).has_value());
    Poll();
  }
  static std::string Number(uint64_t place) {
    return schema::PostingNumber::FromValue(NumberOf(place)).ToString();
  }

  std::optional<AlertWorker> worker_;
  std::optional<AlertHub> hub_;
};

TEST_F(AlertHubTest, EachListenerHearsItsUsersAlertsOnce) {
  Save(store_.get(), "alice", "看護師");
  Save(store_.get(), "bob", "調理師");
  const auto first = Listen("alice");
  const auto second = Listen("alice");
  const auto other = Listen("bob");
  Poll();
  PublishAndPoll(Upsert(1, "看護師"));
  Poll();
  PublishAndPoll(Upsert(2, "看護師") + Upsert(3, "調理師"));
  EXPECT_THAT(first->Numbers(), ElementsAre(Number(1), Number(2)));
  EXPECT_THAT(second->Numbers(), ElementsAre(Number(1), Number(2)));
  EXPECT_THAT(other->Numbers(), ElementsAre(Number(3)));
}

TEST_F(AlertHubTest, ANewListenerIsToldWhatItMissed) {
  Save(store_.get(), "alice", "看護師");
  PublishAndPoll(Upsert(1, "看護師") + Upsert(2, "看護師"));
  const auto all = Listen("alice");
  const auto rest = Listen("alice", Alerts("alice")[0].after);
  Poll();
  EXPECT_THAT(all->Numbers(), ElementsAre(Number(1), Number(2)));
  EXPECT_THAT(rest->Numbers(), ElementsAre(Number(2)));
}

TEST_F(AlertHubTest, DailyAlertsComeAtTheirHour) {
  Save(store_.get(), "alice", "看護師", store::Notify::kDaily);
  const auto listener = Listen("alice");
  PublishAndPoll(Upsert(1, "看護師"));
  EXPECT_THAT(listener->Numbers(), IsEmpty());
  clock_.Advance(std::chrono::hours(24));
  Poll();
  EXPECT_THAT(listener->Numbers(), ElementsAre(Number(1)));
}

TEST_F(AlertHubTest, WhoHasLeftIsForgottenAndWhoHearsNothingGetsASignOfLife) {
  const auto stays = Listen("alice");
  const auto leaves = Listen("alice");
  Poll();
  EXPECT_EQ(hub_->listeners(), 2U);
  leaves->is_open = false;
  Poll();
  EXPECT_EQ(hub_->listeners(), 1U);
  const size_t before = stays->sent.size();
  clock_.Advance(std::chrono::seconds(20));
  Poll();
  ASSERT_EQ(stays->sent.size(), before + 1);
  EXPECT_EQ(stays->sent.back(), ":\n\n");
}

}  // namespace
}  // namespace kyujin::alerts
