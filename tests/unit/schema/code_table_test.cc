#include "engine/schema/code_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kyujin::schema {
namespace {

std::string_view Label(const CodeTable& table, std::string_view code) {
  const Code* found = table.Find(code);
  return found == nullptr ? "(none)" : found->label;
}

std::string_view CodeOfFeed(std::string_view table, std::string_view value) {
  const Code* found = FindCodeTable(table)->FindFeedValue(value);
  return found == nullptr ? "(none)" : found->code;
}

TEST(CodeTableTest, FindsEveryCodeOfEveryTableAndNothingElse) {
  for (const CodeTable& table : CodeTables()) {
    ASSERT_FALSE(table.codes.empty()) << table.name;
    std::set<std::string_view> seen;
    for (const Code& code : table.codes) {
      EXPECT_EQ(table.Find(code.code), &code) << table.name << " " << code.code;
      EXPECT_TRUE(seen.insert(code.code).second) << table.name << " " << code.code;
      EXPECT_FALSE(code.label.empty()) << table.name << " " << code.code;
      EXPECT_EQ(table.Find(std::string(code.code) + "x"), nullptr);
    }
    EXPECT_EQ(table.Find(""), nullptr);
  }
}

TEST(CodeTableTest, TablesStandUnderTheNamesOfTheirParameters) {
  for (const std::string_view name :
       {"pref",        "city",      "industry",   "occupation",   "licence",          "conditions",
        "kind",        "full_part", "employment", "dispatch",     "wage_type",        "wage_basis",
        "work_system", "renewal",   "insurance",  "licence_need", "holiday_weekdays", "sort",
        "q_mode",      "q_in",      "interpret",  "partial",      "highlight",        "explain"}) {
    EXPECT_NE(FindCodeTable(name), nullptr) << name;
  }
  EXPECT_EQ(FindCodeTable("cities"), nullptr);
  EXPECT_EQ(FindCodeTable(""), nullptr);
}

TEST(CodeTableTest, HoldsTheWholeCountry) {
  EXPECT_EQ(PrefectureTable().codes.size(), 47U);
  EXPECT_EQ(Label(PrefectureTable(), "13"), "東京都");
  EXPECT_EQ(Label(MunicipalityTable(), "13113"), "渋谷区");
  EXPECT_EQ(Label(MunicipalityTable(), "14101"), "横浜市鶴見区");
  EXPECT_EQ(MunicipalityTable().Find("14101")->parent, "14100");
  EXPECT_EQ(MunicipalityTable().Find("14100")->parent, "14");
  EXPECT_EQ(MunicipalityTable().Find("22139")->reading, "はままつしはまなく");
  EXPECT_EQ(Label(MunicipalityTable(), "22131"), "(none)");
}

TEST(CodeTableTest, ClassificationsKnowTheirParents) {
  EXPECT_EQ(Label(IndustryTable(), "P"), "医療、福祉");
  EXPECT_EQ(Label(IndustryTable(), "831"), "病院");
  EXPECT_EQ(IndustryTable().Find("831")->parent, "83");
  EXPECT_EQ(IndustryTable().Find("83")->parent, "P");
  EXPECT_EQ(Label(OccupationTable(), "023"), "看護師、准看護師");
  EXPECT_EQ(OccupationTable().Find("023")->parent, "04");
}

TEST(CodeTableTest, OccupationCodesAreCheckedByFormBelowTheMiddleClass) {
  EXPECT_TRUE(IsOccupationCode("12"));
  EXPECT_TRUE(IsOccupationCode("067"));
  EXPECT_TRUE(IsOccupationCode("067-01"));
  for (const std::string_view wrong :
       {"", "16", "100", "067-1", "067-001", "067-0a", "100-01", "067_01", "12-01"}) {
    EXPECT_FALSE(IsOccupationCode(wrong)) << wrong;
  }
}

TEST(CodeTableTest, ReadsTheFeedsValues) {
  EXPECT_EQ(CodeOfFeed("employment", "パート労働者"), "5");
  EXPECT_EQ(CodeOfFeed("wage_type", "年俸制"), "yearly");
  EXPECT_EQ(CodeOfFeed("work_system", "変形労働時間制（1年単位）"), "variable");
  EXPECT_EQ(CodeOfFeed("smoking", "屋内禁煙"), "none_indoors");
  EXPECT_EQ(CodeOfFeed("wage_type", ""), "(none)");
  EXPECT_EQ(CodeOfFeed("wage_type", "年俸"), "yearly");
  EXPECT_EQ(CodeOfFeed("wage_type", "年俸制|年俸"), "(none)");
}

TEST(CodeTableTest, FindsALabelOnlyWhenItIsTheOnlyOne) {
  EXPECT_EQ(IndustryTable().FindLabel("病院")->code, "831");
  EXPECT_EQ(IndustryTable().FindLabel("管理、補助的経済活動を行う事業所"), nullptr);
  EXPECT_EQ(IndustryTable().FindLabel("病"), nullptr);
}

TEST(CodeTableTest, ReadsIndustriesAsTheFeedWritesThem) {
  const auto industry = [](std::string_view name) {
    const Code* found = FindIndustryOfFeed(name);
    return found == nullptr ? std::string_view("(none)") : found->code;
  };
  EXPECT_EQ(industry("病院"), "831");
  EXPECT_EQ(industry("専修学校，各種学校"), "817");
  EXPECT_EQ(industry("電気業"), "331");
  EXPECT_EQ(industry("医療業"), "83");
  EXPECT_EQ(industry("管理，補助的経済活動を行う事業所（８３医療業）"), "83");
  EXPECT_EQ(industry("管理，補助的経済活動を行う事業所（８５社会保険・社会福祉・介"), "85");
  EXPECT_EQ(industry("窯業原料用鉱物鉱業（耐火物・陶磁器・ガラス・セメント原料用に"), "055");
  EXPECT_EQ(industry("管理，補助的経済活動を行う事業所"), "(none)");
  EXPECT_EQ(industry("病"), "(none)");
  EXPECT_EQ(industry(""), "(none)");
}

}  // namespace
}  // namespace kyujin::schema
