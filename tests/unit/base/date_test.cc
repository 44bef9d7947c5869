#include "engine/base/date.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

std::string Parsed(std::string_view text) {
  const Result<Date> date = Date::Parse(text);
  return date.has_value() ? date->ToString() : "error: " + date.error().message;
}

bool IsRefused(std::string_view text) {
  const Result<Date> date = Date::Parse(text);
  return !date.has_value() && date.error().code == ErrorCode::kInvalidArgument;
}

TEST(DateTest, EveryDayComesBack) {
  for (uint32_t days = 0; days <= UINT16_MAX; ++days) {
    const Date date = Date::FromDays(static_cast<uint16_t>(days));
    const Result<Date> parsed = Date::Parse(date.ToString());
    ASSERT_TRUE(parsed.has_value()) << date.ToString();
    ASSERT_EQ(parsed->days(), days);
  }
}

TEST(DateTest, KnowsLeapYears) {
  EXPECT_TRUE(Date::FromCivil(2000, 2, 29).has_value());
  EXPECT_TRUE(Date::FromCivil(2024, 2, 29).has_value());
  EXPECT_FALSE(Date::FromCivil(2026, 2, 29).has_value());
  EXPECT_FALSE(Date::FromCivil(2100, 2, 29).has_value());
  EXPECT_EQ(Date::Parse("2024-02-28")->PlusDays(1).ToString(), "2024-02-29");
  EXPECT_EQ(Date::Parse("2026-02-28")->PlusDays(1).ToString(), "2026-03-01");
}

TEST(DateTest, TheRangeEndsWhereTheHeaderSays) {
  EXPECT_EQ(Date().ToString(), "2000-01-01");
  EXPECT_EQ(Date::FromDays(UINT16_MAX).ToString(), "2179-06-06");
  EXPECT_TRUE(IsRefused("1999-12-31"));
  EXPECT_TRUE(IsRefused("2179-06-07"));
  EXPECT_TRUE(IsRefused("9999-12-31"));
  EXPECT_TRUE(IsRefused("0000-01-01"));
}

TEST(DateTest, ParsesTheFormsOfFeedAndApi) {
  EXPECT_EQ(Parsed("2026-11-22"), "2026-11-22");
  EXPECT_EQ(Parsed("2026/11/22"), "2026-11-22");
  EXPECT_EQ(Parsed("2026/4/3"), "2026-04-03");
  EXPECT_EQ(Parsed("2026-4-03"), "2026-04-03");
}

TEST(DateTest, RefusesWhatIsNoDate) {
  for (const char* text :
       {"",           "2026",        "2026-11",     "2026-11-",    "2026-11-22 ", " 2026-11-22",
        "2026-11/22", "2026/11-22",  "26-11-22",    "2026-13-01",  "2026-00-10",  "2026-11-00",
        "2026-11-31", "2026-11-221", "2026-111-22", "-2026-11-22", "2026--1-22",  "２０２６-11-22",
        "2026.11.22", "20261122",    "2026-11-2x",  "+2026-11-22"}) {
    EXPECT_TRUE(IsRefused(text)) << text;
  }
  EXPECT_TRUE(IsRefused(std::string_view("2026-11-22\0", 11)));
  EXPECT_NE(Date::Parse("2026-02-30").error().message.find("2026-02-30"), std::string::npos);
}

TEST(DateTest, PlusDaysStopsAtTheEndsOfTheRange) {
  EXPECT_EQ(Date::FromDays(5).PlusDays(-6), Date::FromDays(0));
  EXPECT_EQ(Date::FromDays(5).PlusDays(INT32_MIN), Date::FromDays(0));
  EXPECT_EQ(Date::FromDays(65'530).PlusDays(6), Date::FromDays(UINT16_MAX));
  EXPECT_EQ(Date::FromDays(65'530).PlusDays(INT32_MAX), Date::FromDays(UINT16_MAX));
  EXPECT_EQ(Date::FromDays(100).PlusDays(-100), Date::FromDays(0));
}

TEST(DateTest, TheDayInJapanBeginsAt1500Utc) {
  const auto midnight = *ParseTime("2026-11-22T00:00:00+09:00");
  EXPECT_EQ(Date::InJapan(midnight).ToString(), "2026-11-22");
  EXPECT_EQ(Date::InJapan(midnight - nanoseconds(1)).ToString(), "2026-11-21");
  EXPECT_EQ(Date::InJapan(midnight + hours(24) - nanoseconds(1)).ToString(), "2026-11-22");
  EXPECT_EQ(Date::InJapan(*ParseTime("2026-11-21T15:00:00Z")).ToString(), "2026-11-22");
  EXPECT_EQ(Date::InJapan(*ParseTime("2026-11-21T14:59:59Z")).ToString(), "2026-11-21");
}

TEST(DateTest, TheDayInJapanStaysInTheRange) {
  EXPECT_EQ(Date::InJapan(system_clock::time_point()), Date::FromDays(0));  // 1970
  EXPECT_EQ(Date::InJapan(system_clock::time_point::min()), Date::FromDays(0));
  EXPECT_EQ(Date::InJapan(system_clock::time_point::max()), Date::FromDays(UINT16_MAX));
}

TEST(TimeTest, FormatsInJapan) {
  EXPECT_EQ(FormatTimeInJapan(*ParseTime("2026-11-21T20:10:07Z")), "2026-11-22T05:10:07+09:00");
  EXPECT_EQ(FormatTimeInJapan(*ParseTime("2026-12-31T15:00:00Z") + milliseconds(999)),
            "2027-01-01T00:00:00+09:00");
  EXPECT_EQ(FormatTimeInJapan(system_clock::time_point() - milliseconds(1)),
            "1970-01-01T08:59:59+09:00");
}

TEST(TimeTest, FormattedTimesComeBack) {
  std::mt19937_64 random(test::RandomSeed());
  for (int run = 0; run < 1'000; ++run) {
    const system_clock::time_point time{seconds(946'652'400 + random() % 5'000'000'000)};
    ASSERT_EQ(*ParseTime(FormatTimeInJapan(time)), time) << FormatTimeInJapan(time);
  }
}

TEST(TimeTest, ReadsOffsets) {
  const auto time = *ParseTime("2026-04-30T09:00:00Z");
  EXPECT_EQ(*ParseTime("2026-04-30T18:00:00+09:00"), time);
  EXPECT_EQ(*ParseTime("2026-04-30T05:30:00-03:30"), time);
  EXPECT_EQ(*ParseTime("2026-04-29T21:00:00-12:00"), time);
  EXPECT_EQ(*ParseTime("2026-05-01T08:59:00+23:59"), time);
  EXPECT_EQ(*ParseTime("2026-04-30t09:00:00z"), time);
  EXPECT_EQ(*ParseTime("2026-04-30T09:00:00-00:00"), time);
  EXPECT_EQ(*ParseTime("2026-04-30T09:00:00.123456789Z"), time);
}

TEST(TimeTest, RefusesWhatIsNoTime) {
  for (const char* text : {"",
                           "2026-04-30",
                           "2026-04-30T09:00:00",
                           "2026-04-30 09:00:00Z",
                           "2026-04-30T9:00:00Z",
                           "2026-04-30T24:00:00Z",
                           "2026-04-30T09:60:00Z",
                           "2026-04-30T09:00:61Z",
                           "2026-04-30T09:00:00.Z",
                           "2026-04-30T09:00:00+9:00",
                           "2026-04-30T09:00:00+24:00",
                           "2026-04-30T09:00:00+09:60",
                           "2026-04-30T09:00:00+0900",
                           "2026-04-30T09:00:00Z ",
                           "2026-04-31T09:00:00Z",
                           "2026-4-30T09:00:00+09:00",
                           "1999-04-30T09:00:00Z"}) {
    const auto time = ParseTime(text);
    ASSERT_FALSE(time.has_value()) << text;
    EXPECT_EQ(time.error().code, ErrorCode::kInvalidArgument) << text;
  }
}

}  // namespace
}  // namespace kyujin
