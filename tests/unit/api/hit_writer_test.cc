#include "server/api/hit_writer.h"

#include <gtest/gtest.h>

#include "engine/schema/posting_writer.h"
#include "tests/unit/api/example_posting.h"

namespace kyujin::api {
namespace {

std::string Hit(const schema::JobPosting& posting, const HitOptions& options) {
  JsonWriter json;
  WriteHit(posting, options, &json);
  return std::string(json.view());
}

TEST(HitWriterTest, AHitHasEveryMemberOfTheContract) {
  HitOptions options;
  options.today = Day("2026-11-22");
  options.score = 65'536 * 12 + 32'768;
  EXPECT_EQ(
      Hit(Derive(FullRecord()), options),
      R"({"number":"13010-12345678","title":"訪問介護員","employer":"株式会社　あおぞら介護",)"
      R"("summary":"ご自宅での生活援助です。　＊未経験の方も歓迎","workplace":"東京都渋谷区神南１丁目１－１",)"
      R"("pref":"13","pref_label":"東京都","city":"13113","city_label":"渋谷区",)"
      R"("station":"ＪＲ渋谷駅","walk_minutes":8,"occupation":"050",)"
      R"("employment":"1","employment_label":"正社員","full_part":"full",)"
      R"("wage":{"type":"monthly","min":250000,"max":300000,"base_min":230000,"base_max":270000,)"
      R"("fixed_overtime":{"amount_min":30000,"amount_max":40000,"hours":20}},)"
      R"("hours":["09:00-18:00","22:00-31:00"],"overtime":10,"holidays":120,"age_max":59,)"
      R"("received":"2026-11-20","deadline":"2027-01-31","positions":2,)"
      R"("conditions":["near_station","fixed_overtime","no_transfer","no_experience",)"
      R"("no_shift_work","new"],"conditions_from_text":["no_experience"],)"
      R"("partial":false,"score":12.5})");
}

TEST(HitWriterTest, MembersWithoutAValueAreLeftOut) {
  schema::FeedRecord feed;
  feed.Set("kjno", "13010-00000001");
  HitOptions options;
  options.today = Day("2026-11-22");
  EXPECT_EQ(
      Hit(Derive(std::move(feed)), options),
      R"({"number":"13010-00000001","conditions":[],"conditions_from_text":[],"partial":false})");
}

TEST(HitWriterTest, WritesOnlyTheFieldsAskedFor) {
  HitOptions options;
  options.today = Day("2026-11-22");
  options.fields = schema::HitFieldBit(schema::HitField::kTitle) |
                   schema::HitFieldBit(schema::HitField::kHolidays);
  EXPECT_EQ(Hit(Derive(FullRecord()), options), R"({"title":"訪問介護員","holidays":120})");
}

TEST(HitWriterTest, NewHoldsForThreeDays) {
  const schema::JobPosting posting = Derive(FullRecord());
  HitOptions options;
  options.fields = schema::HitFieldBit(schema::HitField::kConditions);
  const auto is_new = [&](std::string_view today) {
    options.today = Day(today);
    return Hit(posting, options).find("\"new\"") != std::string::npos;
  };
  EXPECT_FALSE(is_new("2026-11-19"));
  EXPECT_TRUE(is_new("2026-11-20"));
  EXPECT_TRUE(is_new("2026-11-22"));
  EXPECT_FALSE(is_new("2026-11-23"));
}

TEST(HitWriterTest, ThereIsNoWageWithoutABase) {
  schema::JobPosting posting;
  posting.wage.type = schema::WageType::kMonthly;
  HitOptions options;
  options.fields = schema::HitFieldBit(schema::HitField::kWage);
  EXPECT_EQ(Hit(posting, options), "{}");
}

TEST(HitWriterTest, TheStationIsTheOneThatTheMinutesAreFrom) {
  schema::JobPosting posting;
  posting.stations = {{"甲駅", "甲", 12}, {"乙駅", "乙", 5}};
  posting.walk_minutes = 5;
  HitOptions options;
  options.fields = schema::HitFieldBit(schema::HitField::kStation);
  EXPECT_EQ(Hit(posting, options), R"({"station":"乙駅"})");
  posting.walk_minutes.reset();
  EXPECT_EQ(Hit(posting, options), R"({"station":"甲駅"})");
}

TEST(HitWriterTest, APostingObjectHasDerivedValuesAndTheFeed) {
  JsonWriter json;
  schema::WritePosting(Derive(FullRecord()), Day("2026-11-22"), &json);
  const auto object = ParseJson(json.view());
  ASSERT_TRUE(object.has_value());
  EXPECT_EQ(*object->Find("number")->string(), "13010-12345678");
  EXPECT_EQ(*object->Find("kind")->string(), "general");
  EXPECT_EQ(*object->Find("occupation_minor")->string(), "050-01");
  EXPECT_EQ(*object->Find("wage_with_fixed_overtime_min")->integer(), 280'000);
  EXPECT_EQ(object->Find("partial"), nullptr);
  EXPECT_EQ(object->Find("score"), nullptr);
  const JsonValue* feed = object->Find("feed");
  ASSERT_NE(feed, nullptr);
  EXPECT_EQ(*feed->Find("sksu")->string(), "訪問介護員");
  EXPECT_EQ(*feed->Find("mitei_tag")->string(), "値");
}

}  // namespace
}  // namespace kyujin::api
