#include "engine/schema/shift_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

std::vector<Shift> Parse(std::string_view text) {
  std::vector<Shift> shifts;
  ParseShifts(text, &shifts);
  return shifts;
}

using Shifts = std::vector<Shift>;

TEST(ShiftParserTest, ReadsTheFormsOfTheFeed) {
  EXPECT_EQ(Parse("(1)8時30分～17時30分"), (Shifts{{510, 1050}}));
  EXPECT_EQ(Parse("（１）８時３０分〜１７時３０分"), (Shifts{{510, 1050}}));
  EXPECT_EQ(Parse("9時～18時"), (Shifts{{540, 1080}}));
  EXPECT_EQ(Parse("9:05-18:00"), (Shifts{{545, 1080}}));
  EXPECT_EQ(Parse("8時半から午後5時"), (Shifts{{510, 1020}}));
  EXPECT_EQ(Parse("(1)8時30分～17時30分（2）9時00分～18時00分"),
            (Shifts{{510, 1050}, {540, 1080}}));
}

TEST(ShiftParserTest, AnEndNotAfterItsStartIsTheNextDay) {
  EXPECT_EQ(Parse("(2)16時30分～9時30分"), (Shifts{{990, 2010}}));
  EXPECT_EQ(Parse("22時00分～翌7時00分"), (Shifts{{1320, 1860}}));
  EXPECT_EQ(Parse("22時00分～7時"), (Shifts{{1320, 1860}}));
  EXPECT_EQ(Parse("8時30分～翌8時30分"), (Shifts{{510, 1950}}));
  EXPECT_EQ(Parse("16時00分～24時00分"), (Shifts{{960, 1440}}));
  EXPECT_EQ(Parse("15時00分～0時00分"), (Shifts{{900, 1440}}));
  EXPECT_EQ(Parse("17時～33時"), (Shifts{{1020, 1980}}));
}

TEST(ShiftParserTest, MidnightToMidnightAndNonsenseAreNoShift) {
  for (const char* text : {"",
                           "0時00分～0時00分",
                           "又は",
                           "25時00分～26時00分",
                           "8時70分～17時",
                           "8～17",
                           "(1)",
                           "99時～3時"}) {
    EXPECT_TRUE(Parse(text).empty()) << text;
  }
}

TEST(ShiftParserTest, TakesEachShiftOfAFeedOnce) {
  FeedRecord feed;
  feed.Set("shgjn1_open_close", "(1)8時30分～17時30分");
  feed.Set("shgjn2_open_close", "(2)8時30分～17時30分");
  feed.Set("shgjn3_open", "２２：００");
  feed.Set("shgjn3_close", "0700");
  std::vector<Shift> shifts;
  ParseShifts(feed, &shifts);
  EXPECT_EQ(shifts, (Shifts{{510, 1050}, {1320, 1860}}));
}

TEST(ShiftParserTest, WorkSystems) {
  const auto bits = [](WorkSystem system) { return static_cast<uint8_t>(system); };
  EXPECT_EQ(ParseWorkSystems("交替制（シフト制）", ShiftsGiven::kYes), bits(WorkSystem::kShift));
  EXPECT_EQ(ParseWorkSystems("フレックスタイム制", ShiftsGiven::kNo), bits(WorkSystem::kFlexible));
  EXPECT_EQ(ParseWorkSystems("裁量労働制", ShiftsGiven::kYes), bits(WorkSystem::kDiscretionary));
  EXPECT_EQ(ParseWorkSystems("変形労働時間制（1か月単位）", ShiftsGiven::kYes),
            bits(WorkSystem::kVariable));
  EXPECT_EQ(ParseWorkSystems("", ShiftsGiven::kYes), bits(WorkSystem::kFixed));
  EXPECT_EQ(ParseWorkSystems("", ShiftsGiven::kNo), 0);
}

TEST(ShiftParserTest, NightIsFromTenToFive) {
  EXPECT_FALSE(IsNightShift({510, 1050}));
  EXPECT_FALSE(IsNightShift({300, 1320}));
  EXPECT_TRUE(IsNightShift({299, 600}));
  EXPECT_TRUE(IsNightShift({840, 1321}));
  EXPECT_TRUE(IsNightShift({990, 2010}));
  EXPECT_TRUE(IsNightShift({0, 60}));
}

}  // namespace
}  // namespace kyujin::schema
