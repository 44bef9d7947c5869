#include "indexer/feed_fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <sstream>

#include "engine/base/date.h"
#include "indexer/feed_schedule.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeData;
using testing::MakeNumber;
using testing::MakePage;
using testing::TemporaryFolder;

std::chrono::seconds ClosedAt(std::string_view time) {
  return ClosedFor(*ParseTime(time));
}

TEST(FeedScheduleTest, ClosedAtNightAndAtTheEndOfAMonth) {
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  EXPECT_EQ(ClosedAt("2026-11-22T12:00:00+09:00"), seconds(0));
  EXPECT_EQ(ClosedAt("2026-11-22T23:59:59+09:00"), seconds(0));
  EXPECT_EQ(ClosedAt("2026-11-23T00:00:00+09:00"), hours(6));
  EXPECT_EQ(ClosedAt("2026-11-22T20:59:59Z"), seconds(1)) << "the hours are those of Japan";
  EXPECT_EQ(ClosedAt("2026-11-23T06:00:00+09:00"), seconds(0));
  for (const char* last : {"2026-11-30", "2026-12-31", "2027-02-28", "2028-02-29"}) {
    const std::string day = last;
    EXPECT_EQ(ClosedAt(day + "T21:29:59+09:00"), seconds(0)) << day;
    EXPECT_EQ(ClosedAt(day + "T21:30:00+09:00"), hours(8) + minutes(30)) << day;
  }
  EXPECT_EQ(ClosedAt("2028-02-28T21:30:00+09:00"), seconds(0));
}

// A feed of two pages. Faults are taken from the front before the path answers well.
class FakeFeed final : public FeedTransport, public Clock {
 public:
  Result<FeedAnswer> Post(std::string_view path,
                          const FeedForm& form,
                          const std::stop_token& /*stop*/) override {
    calls.emplace_back(path);
    auto& waiting = faults[std::string(path)];
    if (!waiting.empty()) {
      const FeedAnswer fault = waiting.front();
      waiting.pop_front();
      return fault.status == 0 ? Result<FeedAnswer>(Unavailable("no answer")) : fault;
    }
    if (path == "auth/getToken") {
      return FeedAnswer{200, "<root><token>t" + std::to_string(++tokens) + "</token></root>"};
    }
    if (form != FeedForm{{"token", "t" + std::to_string(tokens)}}) {
      return FeedAnswer{401, ""};
    }
    if (path == "kyujin") {
      return FeedAnswer{200,
                        "<root><data><data_id>M100</data_id><count>" + std::to_string(promised) +
                            "</count><page>2</page></data></root>"};
    }
    return FeedAnswer{200,
                      path == "kyujin/M100/1"   ? PageOf(1)
                      : path == "kyujin/M100/2" ? PageOf(2)
                                                : std::string("<root/>")};
  }
  [[nodiscard]] std::chrono::system_clock::time_point Now() const override { return now; }

  static std::string PageOf(unsigned number) { return MakePage(MakeData(MakeNumber(number))); }

  std::chrono::system_clock::time_point now = *ParseTime("2026-11-22T12:00:00+09:00");
  std::map<std::string, std::deque<FeedAnswer>> faults;
  std::vector<std::string> calls;
  unsigned tokens = 0;
  unsigned promised = 2;
};

class FeedFetcherTest : public ::testing::Test {
 protected:
  Status Fetch() {
    FeedFetcher fetcher({"M100", folder_.path() / "feed"},
                        {"id", "pass"},
                        {feed_,
                         feed_,
                         [this](std::chrono::seconds time) {
                           slept_.push_back(time.count());
                           feed_.now += time;
                           if (stops_asleep_) {
                             stop_.request_stop();
                           }
                           return !stops_asleep_;
                         },
                         progress_,
                         log_});
    return fetcher.Run(stop_.get_token());
  }
  [[nodiscard]] std::vector<std::string> Files() const {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() / "feed", none)) {
      if (entry.is_regular_file()) {
        files.push_back(std::filesystem::relative(entry.path(), folder_.path() / "feed").string());
      }
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  TemporaryFolder folder_;
  FakeFeed feed_;
  NoProgress progress_;
  std::ostringstream log_;
  std::stop_source stop_;
  std::vector<std::chrono::seconds::rep> slept_;
  bool stops_asleep_ = false;
};

TEST_F(FeedFetcherTest, PagesAreThereAndTheTokenIsReturned) {
  ASSERT_TRUE(Fetch().has_value());
  EXPECT_THAT(Files(), ElementsAre("M100/1.xml", "M100/2.xml"));
  EXPECT_EQ(testing::ReadAll(folder_.path() / "feed/M100/2.xml"), FakeFeed::PageOf(2));
  EXPECT_EQ(feed_.calls.back(), "auth/delToken");
  EXPECT_THAT(slept_, IsEmpty());
}

TEST_F(FeedFetcherTest, PausesDoubleUpToAMinuteAndEnd) {
  feed_.faults["kyujin/M100/1"] = std::deque<FeedAnswer>(20, FeedAnswer{0, ""});
  const Status status = Fetch();
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(slept_, ElementsAre(1, 2, 4, 8, 16, 32, 60));
  EXPECT_EQ(feed_.calls.back(), "auth/delToken");
  EXPECT_THAT(Files(), ElementsAre("M100.partial/fetch.txt"));
}

TEST_F(FeedFetcherTest, TheServersOwnPauseCountsWithinReason) {
  feed_.faults["kyujin"] = {{429, "", 30}, {503, "", 1'000'000}};
  ASSERT_TRUE(Fetch().has_value());
  EXPECT_THAT(slept_, ElementsAre(30, 900));
}

TEST_F(FeedFetcherTest, AClosedFeedIsWaitedForAndTheTokenIsNew) {
  feed_.now = *ParseTime("2026-11-30T21:29:59+09:00");
  feed_.faults["kyujin/M100/1"] = {{500, ""}};
  ASSERT_TRUE(Fetch().has_value());
  EXPECT_THAT(slept_, ElementsAre(1, 8 * 3600 + 30 * 60));
  EXPECT_EQ(feed_.tokens, 2U);
  EXPECT_THAT(log_.str(), HasSubstr("closed"));
}

TEST_F(FeedFetcherTest, AStopWhileWaitingKeepsThePagesForToday) {
  feed_.faults["kyujin/M100/2"] = {{500, ""}};
  stops_asleep_ = true;
  const Status status = Fetch();
  ASSERT_FALSE(status.has_value());
  EXPECT_THAT(status.error().message, HasSubstr("interrupted"));
  EXPECT_EQ(feed_.calls.back(), "auth/delToken");
  EXPECT_THAT(Files(), ElementsAre("M100.partial/1.xml", "M100.partial/fetch.txt"));
}

TEST_F(FeedFetcherTest, PagesOfYesterdayAreFetchedAgain) {
  feed_.faults["kyujin/M100/2"] = {{404, ""}};
  ASSERT_FALSE(Fetch().has_value());
  feed_.now += std::chrono::hours(24);
  feed_.calls.clear();
  ASSERT_TRUE(Fetch().has_value());
  EXPECT_THAT(feed_.calls, ::testing::Contains("kyujin/M100/1"));
}

TEST_F(FeedFetcherTest, AFeedRenewedMeanwhileIsRefused) {
  feed_.promised = 3;
  const Status status = Fetch();
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FeedFetcherTest, NoTokenIsARefusal) {
  feed_.faults["auth/getToken"] = {{200, "<root><message>no</message></root>"}};
  EXPECT_EQ(Fetch().error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(feed_.calls, ElementsAre("auth/getToken"));
}

}  // namespace
}  // namespace kyujin::indexer
