#include "engine/schema/code_suggestion.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kyujin::schema {
namespace {

std::string First(std::string_view table, std::string_view text) {
  const std::vector<const Code*> codes = SuggestCodes(*FindCodeTable(table), text, 3);
  return codes.empty() ? "(none)" : std::string(codes.front()->code);
}

TEST(CodeSuggestionTest, NearestByCode) {
  EXPECT_EQ(First("sort", "newest"), "new");
  EXPECT_EQ(First("sort", "wage-min"), "wage_min");
  EXPECT_EQ(First("conditions", "no_nightwork"), "no_night_work");
  EXPECT_EQ(First("employment", "５"), "5");
  EXPECT_EQ(First("city", "13999").substr(0, 2), "13");
  EXPECT_EQ(First("kind", "Graduates"), "graduate");
}

TEST(CodeSuggestionTest, NearestByLabelAndReading) {
  EXPECT_EQ(First("pref", "東京"), "13");
  EXPECT_EQ(First("pref", "とうきょう"), "13");
  EXPECT_EQ(First("pref", "ﾄｳｷｮｳ"), "(none)");  // half-width kana is the analyzer's business
  EXPECT_EQ(First("pref", "トウキョウ"), "13");
  EXPECT_EQ(First("city", "しぶや"), "13113");
  EXPECT_EQ(First("city", "鶴見区"), "14101");
  EXPECT_EQ(First("conditions", "夜勤なし"), "no_night_work");
}

TEST(CodeSuggestionTest, NearestByRomajiOfAnyKind) {
  EXPECT_EQ(First("pref", "tokyo"), "13");
  EXPECT_EQ(First("pref", "Toukyou"), "13");
  EXPECT_EQ(First("pref", "osaka"), "27");
  EXPECT_EQ(First("pref", "sizuoka"), "22");
  EXPECT_EQ(First("pref", "hukuoka"), "40");
  EXPECT_EQ(First("pref", "hyogo"), "28");
  EXPECT_EQ(First("city", "shinjuku"), "13104");
  EXPECT_EQ(First("city", "sapporo"), "01100");
}

TEST(CodeSuggestionTest, RomajiIsHepburnWithoutLongVowels) {
  EXPECT_EQ(RomajiOfHiragana(U"とうきょうと"), "tokyoto");
  EXPECT_EQ(RomajiOfHiragana(U"さっぽろし"), "sapporoshi");
  EXPECT_EQ(RomajiOfHiragana(U"しんじゅくく"), "shinjukuku");
  EXPECT_EQ(RomajiOfHiragana(U"はっちょうぼり"), "hatchobori");
  EXPECT_EQ(RomajiOfHiragana(U"ふぉーくりふと"), "fokurifuto");
  EXPECT_EQ(RomajiOfHiragana(U"づ・ゐ・ゖ"), "zuike");
  EXPECT_EQ(RomajiOfHiragana(U"ゃっ"), "ya");
  EXPECT_EQ(RomajiOfHiragana(U""), "");
}

TEST(CodeSuggestionTest, LimitsAndLeavesOutWhatHasNothingInCommon) {
  EXPECT_EQ(SuggestCodes(*FindCodeTable("city"), "市", 5).size(), 5U);
  EXPECT_TRUE(SuggestCodes(*FindCodeTable("city"), "市", 0).empty());
  EXPECT_TRUE(SuggestCodes(*FindCodeTable("sort"), "", 5).empty());
  EXPECT_TRUE(SuggestCodes(*FindCodeTable("full_part"), "###", 5).empty());
  EXPECT_EQ(SuggestCodes(*FindCodeTable("city"), "中央区", 9),
            SuggestCodes(*FindCodeTable("city"), "中央区", 9));
  SuggestCodes(*FindCodeTable("city"), "\xFF\xE3\x81", 5);
}

}  // namespace
}  // namespace kyujin::schema
