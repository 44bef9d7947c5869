#include "engine/schema/wage_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

using Values = std::initializer_list<std::pair<const char*, const char*>>;

FeedRecord Feed(Values values) {
  FeedRecord feed;
  for (const auto& [tag, text] : values) {
    feed.Set(tag, text);
  }
  return feed;
}

TEST(WageParserTest, ReadsRangesOfYen) {
  EXPECT_EQ(ParseYenRange("1,800円～2,000円"), (YenRange{1800, 2000}));
  EXPECT_EQ(ParseYenRange("１，８００円〜２，０００円"), (YenRange{1800, 2000}));
  EXPECT_EQ(ParseYenRange("60,000 円 ～ 100,000 円"), (YenRange{60'000, 100'000}));
  EXPECT_EQ(ParseYenRange("1800-2000"), (YenRange{1800, 2000}));
  EXPECT_EQ(ParseYenRange("資格手当 10,000円～20,000円"), (YenRange{10'000, 20'000}));
  EXPECT_EQ(ParseYenRange("月20万5千円から30万円"), (YenRange{205'000, 300'000}));
}

TEST(WageParserTest, AMissingBoundEqualsTheOther) {
  EXPECT_EQ(ParseYenRange("1,800円"), (YenRange{1800, 1800}));
  EXPECT_EQ(ParseYenRange("1,800円～"), (YenRange{1800, 1800}));
  EXPECT_EQ(ParseYenRange("～2,000円"), (YenRange{2000, 2000}));
  const Wage wage = ParseWage(Feed({{"khkykagen", "200000"}, {"chgnkeitai_n", "月給"}}));
  EXPECT_EQ(wage.base, (YenRange{200'000, 200'000}));
}

TEST(WageParserTest, NoAmountIsNoRange) {
  EXPECT_EQ(ParseYenRange(""), std::nullopt);
  EXPECT_EQ(ParseYenRange("なし"), std::nullopt);
  EXPECT_EQ(ParseYenRange("0円～0円"), std::nullopt);
  EXPECT_EQ(ParseYenRange("999999999999円"), std::nullopt);
}

TEST(WageParserTest, SumsBaseAllowancesAndFixedOvertime) {
  const Wage wage = ParseWage(
      Feed({{"chgnkeitai_n", "月給"},
            {"khkykagen", "200000"},
            {"khkyjgn", "250,000円"},
            {"tgktat1_mei", "資格手当"},
            {"tgktat1_kagen", "5000"},
            {"tgktat1_jgn", "１００００"},
            {"tgktat2", "住宅手当 20,000円"},
            {"ktizangydi_kagen", "30000"},
            {"ktizangydi_jgn", "40000"},
            {"ktizangydaitkjk", "時間外労働の有無に関わらず２０時間分。超過分は追加支給"}}));
  EXPECT_EQ(wage.type, WageType::kMonthly);
  EXPECT_EQ(wage.base, (YenRange{200'000, 250'000}));
  EXPECT_EQ(wage.fixed_allowances, (YenRange{225'000, 280'000}));
  EXPECT_EQ(wage.fixed_overtime, (YenRange{30'000, 40'000}));
  EXPECT_EQ(wage.with_fixed_overtime, (YenRange{255'000, 320'000}));
  EXPECT_EQ(wage.fixed_overtime_hours, 20);
}

TEST(WageParserTest, TheFeedsOwnSumWins) {
  const Wage wage = ParseWage(Feed({{"khkykagen", "200000"},
                                    {"khkyjgn", "250000"},
                                    {"tgktat1_kagen", "5000"},
                                    {"sikg_aplusbkagen", "210000"},
                                    {"sikg_aplusbjgn", "270000"}}));
  EXPECT_EQ(wage.fixed_allowances, (YenRange{210'000, 270'000}));
  EXPECT_EQ(wage.with_fixed_overtime, (YenRange{210'000, 270'000}));
  EXPECT_EQ(wage.fixed_overtime, std::nullopt);
}

TEST(WageParserTest, TheTextStandsInForTheNumbers) {
  const Wage wage = ParseWage(Feed({{"khky", "1,800円～2,000円"}, {"chgnkeitai_n", "時給"}}));
  EXPECT_EQ(wage.type, WageType::kHourly);
  EXPECT_EQ(wage.base, (YenRange{1800, 2000}));
  EXPECT_EQ(wage.with_fixed_overtime, (YenRange{1800, 2000}));
}

TEST(WageParserTest, WithoutBaseThereIsNoWage) {
  EXPECT_EQ(ParseWage(Feed(
                {{"chgnkeitai_n", "月給"}, {"sikg_aplusbkagen", "210000"}, {"khkykagen", "0"}})),
            Wage{});
}

TEST(WageParserTest, KnowsTheTypes) {
  const auto type = [](const char* text) {
    return ParseWage(Feed({{"khkykagen", "1000"}, {"chgnkeitai_n", text}})).type;
  };
  EXPECT_EQ(type("月給"), WageType::kMonthly);
  EXPECT_EQ(type("日給"), WageType::kDaily);
  EXPECT_EQ(type("\u3000時給"), WageType::kHourly);
  EXPECT_EQ(type("年俸制"), WageType::kYearly);
  EXPECT_EQ(type("その他"), WageType::kOther);
}

TEST(WageParserTest, FindsTheHoursOfFixedOvertime) {
  EXPECT_EQ(ParseFixedOvertimeHours("時間外労働の有無に関わらず２０時間分。"), 20);
  EXPECT_EQ(ParseFixedOvertimeHours("月３０時間相当"), 30);
  EXPECT_EQ(ParseFixedOvertimeHours("45時間を超える時間外労働は追加で支給"), 45);
  EXPECT_EQ(ParseFixedOvertimeHours("４５時間を超えた分は支給。３０時間分として"), 30);
  EXPECT_EQ(ParseFixedOvertimeHours("20.5時間分"), 20);
  EXPECT_EQ(ParseFixedOvertimeHours("超過分は追加支給"), std::nullopt);
  EXPECT_EQ(ParseFixedOvertimeHours("99999時間"), std::nullopt);
}

TEST(WageParserTest, SaysWhetherFixedOvertimeIsPaid) {
  EXPECT_EQ(ParseFixedOvertime(Feed({})), Tristate::kUnknown);
  EXPECT_EQ(ParseFixedOvertime(Feed({{"ktizangydi", "なし"}})), Tristate::kNo);
  EXPECT_EQ(ParseFixedOvertime(Feed({{"ktizangydi_kagen", "0"}})), Tristate::kNo);
  EXPECT_EQ(ParseFixedOvertime(Feed({{"ktizangydi", "あり"}})), Tristate::kYes);
  EXPECT_EQ(ParseFixedOvertime(Feed({{"ktizangydi", "30,000円～40,000円"}})), Tristate::kYes);
  EXPECT_EQ(ParseFixedOvertime(Feed({{"ktizangydi_jgn", "３００００"}})), Tristate::kYes);
}

}  // namespace
}  // namespace kyujin::schema
