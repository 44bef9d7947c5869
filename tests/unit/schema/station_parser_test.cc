#include "engine/schema/station_parser.h"

#include <gtest/gtest.h>

#include "engine/schema/name_key.h"

namespace kyujin::schema {
namespace {

// The stations as `key:minutes`, bus stops with `*`, joined by spaces.
std::string Read(std::string_view text) {
  std::string result;
  for (const StationAccess& station : ParseAccess(text).stations) {
    result += (result.empty() ? "" : " ") + station.key + (station.is_bus_stop ? "*" : "");
    result += station.walk_minutes ? ":" + std::to_string(*station.walk_minutes) : "";
  }
  return result;
}

TEST(StationParserTest, ReadsStationAndMinutesOnFoot) {
  const Access access = ParseAccess("ＪＲ渋谷駅\u3000から\u3000徒歩8分");
  ASSERT_EQ(access.stations.size(), 1U);
  EXPECT_EQ(access.stations[0].name, "ＪＲ渋谷駅");
  EXPECT_EQ(access.stations[0].key, "渋谷");
  EXPECT_EQ(access.stations[0].walk_minutes, 8);
  EXPECT_EQ(access.walk_minutes, 8);
}

TEST(StationParserTest, WidthAndSpacesMakeNoDifference) {
  for (const char* text : {"ＪＲ渋谷駅から徒歩５分",
                           "JR渋谷駅 から 徒歩5分",
                           "渋谷駅\u3000徒歩（５）分",
                           "渋谷駅より歩いて約5分",
                           "(渋谷駅)下車徒歩(５)分"}) {
    EXPECT_EQ(Read(text), "渋谷:5") << text;
  }
}

TEST(StationParserTest, ByCarOrBusIsNotOnFoot) {
  EXPECT_EQ(Read("釧路駅\u3000から\u3000車7分"), "釧路");
  EXPECT_EQ(Read("釧路駅からバスで10分"), "釧路");
  EXPECT_EQ(Read("釧路駅から自転車１０分"), "釧路");
  EXPECT_EQ(Read("釧路駅から１２分"), "釧路");
  EXPECT_EQ(ParseAccess("釧路駅\u3000から\u3000車7分").walk_minutes, std::nullopt);
  EXPECT_EQ(Read("車道駅\u3000から\u3000徒歩3分"), "車道:3");
}

TEST(StationParserTest, AWayHoldsForEveryStationNamedBeforeIt) {
  EXPECT_EQ(
      Read("地下鉄Ａ町駅\u3000又\u3000は福住駅\u3000又は\u3000大谷地駅\u3000から\u3000徒歩7分"),
      "a町:7 福住:7 大谷地:7");
  EXPECT_EQ(Read("新宿駅又は代々木駅から車7分"), "新宿 代々木");
}

TEST(StationParserTest, EachStationMayHaveItsOwnWay) {
  EXPECT_EQ(Read("板橋駅徒歩６分／下板橋駅徒歩５分"), "板橋:6 下板橋:5");
  EXPECT_EQ(Read("新宿駅から徒歩１２分又は\u3000初台駅\u3000から\u3000車5分"), "新宿:12 初台");
  EXPECT_EQ(ParseAccess("板橋駅徒歩６分／下板橋駅徒歩５分").walk_minutes, 5);
}

TEST(StationParserTest, BusStopsAreToldApart) {
  EXPECT_EQ(Read("湘南台駅からバス１０分「大学前」下車\u3000徒歩１分"), "湘南台 大学前*:1");
  EXPECT_EQ(Read("日吉駅よりバス「さくらが丘」下車徒歩2分駅"), "日吉 さくらが丘*:2");
  EXPECT_EQ(Read("名鉄バス「川向」バス停下車\u3000徒歩３分駅"), "川向*:3");
  EXPECT_EQ(Read("影取バス停\u3000徒歩８分／乗車駅\u3000戸塚駅"), "影取*:8 戸塚");
  EXPECT_EQ(Read("調布駅又はＪＲ三鷹駅からバス「神社前」下車駅\u3000から\u3000徒歩5分"),
            "調布 三鷹 神社前*:5");
  EXPECT_EQ(Read("道の駅Ａ前バス停\u3000徒歩5分"), "道の駅a前*:5");
  EXPECT_EQ(Read("地下鉄東西線\u3000バスセンター前駅\u3000から\u3000徒歩4分"), "バスセンター前:4");
}

TEST(StationParserTest, LinesAndOperatorsAreNoStations) {
  EXPECT_EQ(Read("近鉄・ＪＲ大和路線\u3000王寺駅\u3000から\u3000徒歩3分"), "王寺:3");
  EXPECT_EQ(Read("京王線・小田急線\u3000新宿駅"), "新宿");
  EXPECT_EQ(Read("平野・加美駅\u3000から\u3000徒歩9分"), "平野:9 加美:9");
  EXPECT_EQ(Read("みなとみらい線\u3000元町・中華街駅\u3000から\u3000徒歩2分"), "元町・中華街:2");
  EXPECT_EQ(Read("大和田駅\u3000\u3000古川橋駅\u3000から\u3000徒歩7分"), "大和田:7 古川橋:7");
}

TEST(StationParserTest, BracketsAndExits) {
  EXPECT_EQ(Read("ＪＲ北本（西口）駅\u3000から\u3000徒歩10分"), "北本:10");
  EXPECT_EQ(Read("湘南台駅西口から徒歩4分"), "湘南台:4");
  EXPECT_EQ(Read("鹿児島本線（博多～八代）荒木駅から徒歩20分"), "荒木:20");
  EXPECT_EQ(Read("近鉄奈良線「瓢箪山」駅から徒歩5分"), "瓢箪山:5");
  EXPECT_EQ(Read("近鉄橿原線（筒井）駅から徒歩5分"), "筒井:5");
  EXPECT_EQ(Read("獨協大学前＜草加松原＞駅から徒歩15分"), "獨協大学前:15");
  EXPECT_EQ(Read("高幡不動駅（同駅から送迎バスあり）から徒歩15分"), "高幡不動:15");
}

TEST(StationParserTest, MinutesWithoutANameStillCount) {
  const Access access = ParseAccess("もよりの駅・バス停から徒歩（２）分駅");
  EXPECT_TRUE(access.stations.empty());
  EXPECT_EQ(access.walk_minutes, 2);
  EXPECT_EQ(ParseAccess("もよりの駅・バス停から徒歩（\u3000）分駅").walk_minutes, std::nullopt);
  EXPECT_TRUE(ParseAccess("＊駅").stations.empty());
  EXPECT_TRUE(ParseAccess("").stations.empty());
}

TEST(StationParserTest, HoursRangesAndAbsurdMinutes) {
  EXPECT_EQ(ParseAccess("萩駅から徒歩1時間10分").walk_minutes, 70);
  EXPECT_EQ(ParseAccess("萩駅から徒歩5～8分").walk_minutes, 8);
  EXPECT_EQ(ParseAccess("萩駅から徒歩９９９９分").walk_minutes, std::nullopt);
  EXPECT_EQ(ParseAccess("萩駅から徒歩0分").walk_minutes, 0);
}

TEST(StationParserTest, OtherTagsFillWhatTheLineLacks) {
  FeedRecord feed;
  feed.Set("shgbs_myremjr", "東急東横線\u3000日吉");
  feed.Set("shgbs_jgshmade_kotsushudan_n", "徒歩");
  feed.Set("shgbs_jgshmade_shoyojn", "１２分");
  const Access access = ParseAccess(feed);
  ASSERT_EQ(access.stations.size(), 1U);
  EXPECT_EQ(access.stations[0].key, "日吉");
  EXPECT_EQ(access.stations[0].walk_minutes, 12);
  feed.Set("shgbs_jgshmade_kotsushudan_n", "車");
  EXPECT_EQ(ParseAccess(feed).walk_minutes, std::nullopt);
}

TEST(StationKeyTest, WritingsOfOneStationShareAKey) {
  for (const char* name : {"渋谷",
                           "渋谷駅",
                           "ＪＲ渋谷",
                           "JR渋谷駅",
                           "jr\u3000渋谷駅",
                           "東急東横線\u3000渋谷",
                           "ＪＲ山手線渋谷駅",
                           "東京メトロ渋谷駅",
                           "地下鉄「渋谷」駅",
                           "\u3000渋谷 "}) {
    EXPECT_EQ(StationKey(name), "渋谷") << name;
  }
  EXPECT_EQ(StationKey("鶴ヶ峰"), StationKey("鶴ケ峰駅"));
  EXPECT_EQ(StationKey("ＪＲ津駅"), "津");
  EXPECT_EQ(StationKey("駅家"), "駅家");
  EXPECT_EQ(StationKey("西武園駅"), "西武園");
  EXPECT_EQ(StationKey("東川口駅"), "東川口");
  EXPECT_EQ(StationKey("鉄道博物館"), "鉄道博物館");
  EXPECT_EQ(StationKey("福岡市営地下鉄天神駅"), "天神");
  EXPECT_EQ(StationKey("南郷１８丁目"), "南郷18丁目");
}

TEST(StationKeyTest, WhatNamesNoStationHasNoKey) {
  for (const char* name : {"",
                           "ＪＲ",
                           "ＪＲ線",
                           "東急東横線",
                           "つくばエクスプレス",
                           "西口",
                           "＊",
                           "駅",
                           "乗車",
                           "なし"}) {
    EXPECT_EQ(StationKey(name), "") << name;
  }
}

TEST(NameKeyTest, FoldsWidthCaseAndSpaces) {
  EXPECT_EQ(NameKey("株式会社\u3000ＡＢＣ　ﾌｰﾄﾞ"), "株式会社abcフード");
  EXPECT_EQ(NameKey("㈱ Abc"), "(株)abc");
}

}  // namespace
}  // namespace kyujin::schema
