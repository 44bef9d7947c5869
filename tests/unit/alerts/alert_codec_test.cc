#include "server/alerts/alert_codec.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin::alerts {
namespace {

store::Alert PostingAlert() {
  store::Alert alert;
  alert.position = {7, 12, 3};
  alert.after = {{7, 12, 3}, {0, 0, -1}};
  alert.at = store::Time(std::chrono::milliseconds(1'795'316'400'000));
  alert.posting = store::PublishedPosting{1'301'012'345'678, 0xABCDEF};
  return alert;
}

TEST(AlertCodecTest, CursorsComeBack) {
  std::mt19937_64 random(test::RandomSeed());
  const auto number = [&] { return static_cast<int64_t>(random() >> (2 + random() % 60)); };
  for (int i = 0; i < 1'000; ++i) {
    const store::AlertCursor cursor{{number(), number(), number() - 1},
                                    {number(), number(), number() - 1}};
    const auto read = DecodeCursor(EncodeCursor(cursor));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, cursor);
  }
}

TEST(AlertCodecTest, NothingElseIsACursor) {
  const std::string token = EncodeCursor({{5, 6, 7}, {8, 9, -1}});
  for (const std::string& text : {std::string(),
                                  std::string("0"),
                                  std::string("zz"),
                                  token + "00",
                                  token.substr(2),
                                  token.substr(0, token.size() - 2),
                                  std::string(200, 'f'),
                                  "0" + token}) {
    EXPECT_FALSE(DecodeCursor(text).has_value()) << text;
  }
}

TEST(AlertCodecTest, WritesWhatTheContractSays) {
  store::AlertPage page;
  page.alerts.push_back(PostingAlert());
  store::Alert summary = PostingAlert();
  summary.posting.reset();
  summary.count = 321;
  summary.generation = 42;
  page.alerts.push_back(summary);
  page.next = summary.after;
  EXPECT_EQ(EncodePage(page),
            R"({"alerts":[{"id":"7-12-3","saved_query":"12","number":"13010-12345678",)"
            R"("version":"0000000000abcdef","at":"2026-11-22T12:00:00+09:00"},)"
            R"({"id":"7-12-3","saved_query":"12","count":321,"generation":42,)"
            R"("at":"2026-11-22T12:00:00+09:00"}],"next":")" +
                EncodeCursor(page.next) + R"(","more":false})");
}

TEST(AlertCodecTest, EventsCarryTheCursorAfterThem) {
  const store::Alert alert = PostingAlert();
  const std::string event = EncodeEvent(alert);
  EXPECT_TRUE(event.starts_with("id: " + EncodeCursor(alert.after) + "\nevent: alert\ndata: {"));
  EXPECT_TRUE(event.ends_with("}\n\n"));
}

}  // namespace
}  // namespace kyujin::alerts
