#include "engine/schema/requirement_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

AgeRange Age(const char* min, const char* max) {
  FeedRecord feed;
  feed.Set("nenreisegnari_kagen", min);
  feed.Set("nenreisegnari_jgn", max);
  return ParseAge(feed);
}

TEST(RequirementParserTest, ReadsAgeLimits) {
  EXPECT_EQ(Age("18", "59"), (AgeRange{AgeLimit::kLimited, 18, 59}));
  EXPECT_EQ(Age("１８歳", "５９歳"), (AgeRange{AgeLimit::kLimited, 18, 59}));
  EXPECT_EQ(Age("", "64歳以下"), (AgeRange{AgeLimit::kLimited, std::nullopt, 64}));
  EXPECT_EQ(Age("18歳以上", ""), (AgeRange{AgeLimit::kLimited, 18, std::nullopt}));
  EXPECT_EQ(Age("18歳～59歳", ""), (AgeRange{AgeLimit::kLimited, 18, 59}));
  EXPECT_EQ(Age("", "～59歳"), (AgeRange{AgeLimit::kLimited, std::nullopt, 59}));
}

TEST(RequirementParserTest, NoLimitAndNothingSaidAreTwoThings) {
  EXPECT_EQ(Age("", "").limit, AgeLimit::kUnknown);
  EXPECT_EQ(Age("不問", "").limit, AgeLimit::kNone);
  EXPECT_EQ(Age("0", "0").limit, AgeLimit::kNone);
  EXPECT_EQ(Age("", "なし").limit, AgeLimit::kNone);
  EXPECT_EQ(Age("", "999").limit, AgeLimit::kUnknown);
}

TEST(RequirementParserTest, ReadsLicences) {
  FeedRecord feed;
  feed.Set("menkyo_skku1_n", "普通自動車運転免許（ＡＴ限定可）");
  feed.Set("menkyo_skku2_n", "不問");
  feed.Set("menkyo_skku3_n", "普通自動車運転免許(AT限定可)");
  feed.Set("hynamenkyo_snta", "介護職員\u3000初任者研修");
  std::vector<std::string> licences;
  ParseLicences(feed, &licences);
  EXPECT_EQ(licences,
            (std::vector<std::string>{"普通自動車運転免許(at限定可)", "介護職員初任者研修"}));
}

TEST(RequirementParserTest, TheStrongestNeedCounts) {
  FeedRecord feed;
  EXPECT_EQ(ParseLicenceNeed(feed), LicenceNeed::kUnknown);
  feed.Set("menkyo_skkuyohi1_n", "未選択");
  EXPECT_EQ(ParseLicenceNeed(feed), LicenceNeed::kNone);
  feed.Set("menkyo_skkuyohi2_n", "あれば尚可");
  EXPECT_EQ(ParseLicenceNeed(feed), LicenceNeed::kPreferred);
  feed.Set("menkyo_skkuyohi3_n", "必須");
  EXPECT_EQ(ParseLicenceNeed(feed), LicenceNeed::kRequired);
}

}  // namespace
}  // namespace kyujin::schema
