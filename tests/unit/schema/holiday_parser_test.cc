#include "engine/schema/holiday_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

constexpr WeekdayMask kMonday = 1;
constexpr WeekdayMask kWednesday = 4;
constexpr WeekdayMask kFriday = 16;
constexpr WeekdayMask kWeekend = kSaturdayBit | kSundayBit;

TEST(HolidayParserTest, ReadsDaysRunTogether) {
  EXPECT_EQ(ParseWeekdays("土日祝日その他"), kWeekend | kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("土日祝他"), kWeekend | kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("日その他"), kSundayBit);
  EXPECT_EQ(ParseWeekdays("水日祝日"), kWednesday | kSundayBit | kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("月火水木金土日"), 0x7F);
}

TEST(HolidayParserTest, PublicHolidaysAreNoSunday) {
  EXPECT_EQ(ParseWeekdays("祝日その他"), kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("土祝日"), kSaturdayBit | kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("祝祭日"), kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("日祝日"), kSundayBit | kPublicHolidayBit);
}

TEST(HolidayParserTest, ReadsMarksAndLongNames) {
  EXPECT_EQ(ParseWeekdays("土・日曜日、祝日"), kWeekend | kPublicHolidayBit);
  EXPECT_EQ(ParseWeekdays("月曜日\u3000金曜"), kMonday | kFriday);
  EXPECT_EQ(ParseWeekdays("毎週土日"), kWeekend);
}

TEST(HolidayParserTest, LeavesOtherWordsAlone) {
  EXPECT_EQ(ParseWeekdays("その他"), 0);
  EXPECT_EQ(ParseWeekdays("休日は会社カレンダーによる"), 0);
  EXPECT_EQ(ParseWeekdays("年末年始、月末"), 0);
  EXPECT_EQ(ParseWeekdays("第２・第４土曜日、日曜"), kSundayBit);
  EXPECT_EQ(ParseWeekdays("隔週土"), 0);
}

TEST(HolidayParserTest, SingleFlagsStandInForTheText) {
  FeedRecord feed;
  feed.Set("kyjs_sat", "1");
  feed.Set("kyjs_sun", "あり");
  feed.Set("kyjs_mon", "0");
  EXPECT_EQ(ParseHolidayWeekdays(feed), kWeekend);
  feed.Set("kyjs", "水");
  EXPECT_EQ(ParseHolidayWeekdays(feed), kWednesday);
}

TEST(HolidayParserTest, TwoDayWeek) {
  EXPECT_EQ(ParseTwoDayWeek("毎週"), TwoDayWeek::kEveryWeek);
  EXPECT_EQ(ParseTwoDayWeek("その他"), TwoDayWeek::kOther);
  EXPECT_EQ(ParseTwoDayWeek("なし"), TwoDayWeek::kNone);
  EXPECT_EQ(ParseTwoDayWeek("\u3000"), TwoDayWeek::kUnknown);
}

}  // namespace
}  // namespace kyujin::schema
