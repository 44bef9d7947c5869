#include "engine/schema/classification_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

FeedRecord Feed(const char* tag, const char* text) {
  FeedRecord feed;
  feed.Set(tag, text);
  return feed;
}

TEST(ClassificationParserTest, EnumerationsCountFromOneInTableOrder) {
  EXPECT_EQ(ParseEnumeration("employment", "正社員"), 1);
  EXPECT_EQ(ParseEnumeration("employment", "正社員以外"), 2);
  EXPECT_EQ(ParseEnumeration("employment", "\u3000無期雇用派遣パート "), 7);
  EXPECT_EQ(ParseEnumeration("employment", "役員"), 0);
  EXPECT_EQ(ParseEnumeration("kind", "障害のある方のための求人"), 5);
  EXPECT_EQ(ParseEnumeration("full_part", "ﾌﾙﾀｲﾑ"), static_cast<uint8_t>(FullPart::kFull));
  EXPECT_EQ(ParseEnumeration("full_part", "パート"), static_cast<uint8_t>(FullPart::kPart));
  EXPECT_EQ(ParseEnumeration("full_part", ""), 0);
}

TEST(ClassificationParserTest, ReadsOccupationCodes) {
  EXPECT_EQ(ParseOccupation("067-01"), (Occupation{12, 67, 1}));
  EXPECT_EQ(ParseOccupation("０６７－０１"), (Occupation{12, 67, 1}));
  EXPECT_EQ(ParseOccupation("06701"), (Occupation{12, 67, 1}));
  EXPECT_EQ(ParseOccupation("067"), (Occupation{12, 67, 0}));
  EXPECT_EQ(ParseOccupation("12"), (Occupation{12, 0, 0}));
  EXPECT_EQ(ParseOccupation("001"), (Occupation{1, 1, 0}));
  for (const char* text : {"", "16", "000", "999", "999-01", "12345678", "事務", "0A7"}) {
    EXPECT_EQ(ParseOccupation(text), Occupation{}) << text;
  }
}

TEST(ClassificationParserTest, TheFullOccupationCodeWins) {
  FeedRecord feed = Feed("skgybruicode1_dai_c", "024");
  EXPECT_EQ(ParseOccupation(feed).middle, 24);
  feed.Set("skgybrui1_c", "067-01");
  EXPECT_EQ(ParseOccupation(feed), (Occupation{12, 67, 1}));
}

TEST(ClassificationParserTest, ReadsIndustries) {
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_c", "831")), 831);
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_c", "８３")), 830);
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_c", "8311")), 831);
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_n", "病院")), 831);
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_n", "管理，補助的経済活動を行う事業所（８３医療業）")),
            830);
  EXPECT_EQ(ParseIndustry(Feed("sngbrui_n", "無い産業")), 0);
  EXPECT_EQ(ParseIndustry(FeedRecord{}), 0);
}

TEST(ClassificationParserTest, DispatchFollowsTheEmployment) {
  EXPECT_EQ(ParseDispatch(3), Dispatch::kDispatch);
  EXPECT_EQ(ParseDispatch(7), Dispatch::kDispatch);
  EXPECT_EQ(ParseDispatch(1), Dispatch::kUnknown);
  EXPECT_EQ(ParseDispatch(0), Dispatch::kUnknown);
}

TEST(ClassificationParserTest, Renewal) {
  EXPECT_EQ(ParseRenewal(Feed("koyokikan", "６ヶ月\u3000契約更新の可能性あり（原則更新）")),
            Renewal::kAlways);
  EXPECT_EQ(ParseRenewal(Feed("koyokikan", "契約更新の可能性あり（条件付きで更新あり）")),
            Renewal::kConditional);
  EXPECT_EQ(ParseRenewal(Feed("koyokikan", "契約更新の可能性なし")), Renewal::kNone);
  EXPECT_EQ(ParseRenewal(Feed("koyokikan_sadame_n", "雇用期間の定めあり")), Renewal::kUnknown);
}

TEST(ClassificationParserTest, Insurances) {
  EXPECT_EQ(ParseInsurances(Feed("knyhkn", "雇用\u3000労災\u3000健康\u3000厚生\u3000財形")), 15);
  EXPECT_EQ(ParseInsurances(Feed("knyhkn", "公災\u3000その他")), 0);
  FeedRecord flags = Feed("knyhkn_kenko", "1");
  flags.Set("knyhkn_kosei", "あり");
  flags.Set("knyhkn_koyo", "0");
  EXPECT_EQ(ParseInsurances(flags),
            static_cast<unsigned>(Insurance::kHealth) | static_cast<unsigned>(Insurance::kPension));
  EXPECT_TRUE(HasInsurances(flags));
  EXPECT_FALSE(HasInsurances(FeedRecord{}));
}

}  // namespace
}  // namespace kyujin::schema
