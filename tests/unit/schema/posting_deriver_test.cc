#include "engine/schema/posting_deriver.h"

#include <gtest/gtest.h>

#include "engine/schema/municipality.h"
#include "engine/schema/position.h"

namespace kyujin::schema {
namespace {

using Values = std::initializer_list<std::pair<const char*, const char*>>;

class PostingDeriverTest : public testing::Test {
 protected:
  static FeedRecord Feed(Values values) {
    FeedRecord feed;
    feed.Set("kjno", "13010-12345678");
    for (const auto& [tag, text] : values) {
      feed.Set(tag, text);
    }
    return feed;
  }

  JobPosting Derive(Values values) {
    JobPosting posting;
    Rejection rejection;
    EXPECT_TRUE(deriver_.Derive(Feed(values), &posting, &rejection)) << rejection.reason;
    return posting;
  }

  uint16_t Municipality(Values values) { return Derive(values).municipality; }

  PlaceResolver places_;
  PostingDeriver deriver_{places_};
};

TEST_F(PostingDeriverTest, DerivesAWholePosting) {
  const JobPosting posting = Derive({{"uktkymd_seireki", "2026/04/28"},
                                     {"kjyukoymd", "２０２６年６月３０日"},
                                     {"kjkbn1_n", "一般"},
                                     {"kjkbn2_n", "フルタイム"},
                                     {"koyokeitai_n", "正社員"},
                                     {"jgshmei", "株式会社\u3000ＡＢＣ"},
                                     {"jgshno", "1301-123456-7"},
                                     {"jgis_kigyozentai_n", "1,200人"},
                                     {"sngbrui_n", "病院"},
                                     {"skgybrui1_c", "067-01"},
                                     {"shgbsjusho1_n", "東京都渋谷区"},
                                     {"shgbs_myre", "ＪＲ渋谷駅\u3000から\u3000徒歩8分"},
                                     {"chgnkeitai_n", "月給"},
                                     {"khkykagen", "250000"},
                                     {"khkyjgn", "300000"},
                                     {"shgjn1_open_close", "(1)9時00分～18時00分"},
                                     {"jkgi_umu_n", "あり"},
                                     {"jkgi_thkinjn_ji_n", "月平均１０時間"},
                                     {"nenkankjsu_n", "120日"},
                                     {"kyjs", "土日祝日"},
                                     {"sk2sei_n", "毎週"},
                                     {"nenreisegnari_jgn", "59"},
                                     {"knyhkn", "雇用\u3000労災\u3000健康\u3000厚生"},
                                     {"saiyoninzu_n", "2人"}});
  EXPECT_EQ(posting.number.ToString(), "13010-12345678");
  EXPECT_EQ(posting.received->ToString(), "2026-04-28");
  EXPECT_EQ(posting.deadline->ToString(), "2026-06-30");
  EXPECT_EQ(posting.kind, 1);
  EXPECT_EQ(posting.full_part, FullPart::kFull);
  EXPECT_EQ(posting.employment, 1);
  EXPECT_EQ(posting.employer_key, "株式会社abc");
  EXPECT_EQ(posting.employer_number, 13'011'234'567U);
  EXPECT_EQ(posting.employees, 1200U);
  EXPECT_EQ(posting.industry, 831);
  EXPECT_EQ(posting.occupation.middle, 67);
  EXPECT_EQ(posting.prefecture, 13);
  EXPECT_EQ(posting.municipality, 13113);
  ASSERT_EQ(posting.stations.size(), 1U);
  EXPECT_EQ(posting.walk_minutes, 8);
  EXPECT_EQ(posting.wage.fixed_allowances, (YenRange{250'000, 300'000}));
  EXPECT_EQ(posting.shifts, (std::vector<Shift>{{540, 1080}}));
  EXPECT_EQ(posting.overtime_hours, 10);
  EXPECT_EQ(posting.annual_holidays, 120);
  EXPECT_EQ(posting.two_day_week, TwoDayWeek::kEveryWeek);
  EXPECT_EQ(posting.age_limit, AgeLimit::kLimited);
  EXPECT_EQ(posting.insurances, 15);
  EXPECT_EQ(posting.positions, 2);
  EXPECT_EQ(posting.feed.Get(Tag::kJgshmei), "株式会社\u3000ＡＢＣ");
}

TEST_F(PostingDeriverTest, NothingGivenStaysNotGiven) {
  const JobPosting posting = Derive({});
  EXPECT_FALSE(posting.received || posting.deadline || posting.walk_minutes ||
               posting.overtime_hours);
  EXPECT_FALSE(posting.annual_holidays || posting.positions || posting.employees ||
               posting.age_max);
  EXPECT_EQ(posting.prefecture, 0);
  EXPECT_EQ(posting.municipality, 0);
  EXPECT_EQ(posting.wage, Wage{});
  EXPECT_EQ(posting.work_systems, 0);
  EXPECT_EQ(posting.conditions_yes, 0U);
  EXPECT_EQ(posting.conditions_no, 0U);
}

TEST_F(PostingDeriverTest, TheWorkplaceDecidesThePlace) {
  EXPECT_EQ(Municipality(
                {{"shgbsjusho1_n", "東京都渋谷区"}, {"jgshszci", "大阪府大阪市北区堂島浜１丁目"}}),
            13113);
  EXPECT_EQ(Municipality(
                {{"shgbsjusho", "北海道札幌市清田区清田２条１丁目"}, {"jgshszci", "東京都港区"}}),
            1110);
  EXPECT_EQ(Municipality({{"shgbsjusho1_n", "東京都渋谷区"}, {"shgbsjusho", "大阪府大阪市北区"}}),
            13113);
}

TEST_F(PostingDeriverTest, TheMoreExactOfTwoAgreeingPlacesWins) {
  EXPECT_EQ(
      Municipality({{"shgbsjusho1_n", "北海道札幌市"}, {"shgbsjusho", "北海道札幌市清田区清田"}}),
      1110);
  EXPECT_EQ(Municipality({{"shgbsjusho1_n", "東京都"}, {"shgbsjusho", "東京都渋谷区渋谷"}}), 13113);
  EXPECT_EQ(Municipality({{"shgbsjusho1_n", "東京都渋谷区"}, {"shgbsjusho", "東京都港区芝"}}),
            13113);
}

TEST_F(PostingDeriverTest, TheEmployersAddressStandsInForAnEmptyWorkplace) {
  EXPECT_EQ(Municipality({{"jgshszci", "北海道旭川市２条通９丁目"}}), 1204);
  EXPECT_EQ(Municipality({{"jgshjusho_n", "東京都渋谷区"}, {"jgshszci", "北海道旭川市"}}), 13113);
  EXPECT_EQ(Municipality({{"shgbsjusho", "\u3000"}, {"jgshszci", "北海道旭川市"}}), 1204);
}

TEST_F(PostingDeriverTest, OvertimeOfNoneIsZeroHours) {
  EXPECT_EQ(Derive({{"jkgi_umu_n", "なし"}}).overtime_hours, 0);
  EXPECT_EQ(Derive({{"jkgi_umu_n", "あり"}}).overtime_hours, std::nullopt);
  EXPECT_EQ(Derive({{"jkgi_thkinjn_ji_n", "月平均5時間"}}).overtime_hours, 5);
  EXPECT_EQ(Derive({{"jkgi_thkinjn_ji_n", "月平均99999時間"}}).overtime_hours, std::nullopt);
}

TEST_F(PostingDeriverTest, TheAliasOfTheReceivedDateIsRead) {
  EXPECT_EQ(Derive({{"uktkymd", "令和8年4月30日"}}).received->ToString(), "2026-04-30");
}

TEST_F(PostingDeriverTest, RejectsBadNumbersAndDatesByName) {
  JobPosting posting;
  Rejection rejection;
  EXPECT_FALSE(deriver_.Derive(FeedRecord{}, &posting, &rejection));
  EXPECT_EQ(rejection.field, "kjno");
  EXPECT_FALSE(deriver_.Derive(Feed({{"kjno", "12-3"}}), &posting, &rejection));
  EXPECT_EQ(rejection.number, "12-3");
  EXPECT_NE(rejection.reason.find("12-3"), std::string::npos);
  EXPECT_FALSE(deriver_.Derive(Feed({{"kjyukoymd", "2026/02/30"}}), &posting, &rejection));
  EXPECT_EQ(rejection.field, "kjyukoymd");
  EXPECT_EQ(rejection.number, "13010-12345678");
  EXPECT_NE(rejection.reason.find("2026-02-30"), std::string::npos) << rejection.reason;
}

TEST_F(PostingDeriverTest, ThePositionIsItsOwnElseThatOfThePlace) {
  PositionTable table;
  table.Set(13'113, *MakePosition(35.664, 139.698));
  table.Set(14'100, *MakePosition(35.444, 139.638));
  const PostingDeriver deriver(places_, table);
  const auto position = [&](std::initializer_list<std::pair<const char*, const char*>> values) {
    FeedRecord feed;
    feed.Set("kjno", "13010-00000001");
    for (const auto& [tag, text] : values) {
      feed.Set(tag, text);
    }
    JobPosting posting;
    Rejection rejection;
    EXPECT_TRUE(deriver.Derive(std::move(feed), &posting, &rejection));
    return posting.position;
  };
  const PrefectureSeat& tokyo = PrefectureSeats()[12];
  EXPECT_EQ(position({{"shgbsjusho", "東京都渋谷区１－１"}}), MakePosition(35.664, 139.698));
  EXPECT_EQ(position({{"shgbsjusho", "神奈川県横浜市西区１"}}), MakePosition(35.444, 139.638));
  EXPECT_EQ(position({{"shgbsjusho", "東京都港区１－１"}}),
            MakePosition(tokyo.latitude, tokyo.longitude));
  EXPECT_EQ(position({{"shgbsjusho", "東京都"}}), MakePosition(tokyo.latitude, tokyo.longitude));
  EXPECT_EQ(position({{"latitude", "34.5"}, {"longitude", "135.25"}, {"shgbsjusho", "東京都"}}),
            MakePosition(34.5, 135.25));
  EXPECT_EQ(position({{"latitude", "95"}, {"longitude", "135"}, {"shgbsjusho", "東京都渋谷区"}}),
            MakePosition(35.664, 139.698));
  EXPECT_EQ(position({{"latitude", "34.5"}}), std::nullopt);
}

TEST(PositionTest, DistancesAlongTheGreatCircle) {
  const Position tokyo = *MakePosition(35.681236, 139.767125);
  const Position osaka = *MakePosition(34.702485, 135.495951);
  EXPECT_NEAR(DistanceKm(tokyo, osaka), 403.0, 1.0);
  EXPECT_EQ(DistanceKm(tokyo, osaka), DistanceKm(osaka, tokyo));
  EXPECT_EQ(DistanceKm(tokyo, tokyo), 0.0);
  EXPECT_NEAR(DistanceKm(*MakePosition(0, 0), *MakePosition(0, 180)), 20'015.1, 0.1);
  EXPECT_NEAR(LatitudeOf(tokyo), 35.681236, 1e-9);
  EXPECT_NEAR(LongitudeOf(*MakePosition(-90, -180)), -180.0, 1e-9);
  EXPECT_EQ(MakePosition(90.1, 0), std::nullopt);
  EXPECT_EQ(ParsePosition("35.5", ""), std::nullopt);
}

TEST_F(PostingDeriverTest, APostingUsedAgainKeepsNothing) {
  JobPosting posting;
  Rejection rejection;
  ASSERT_TRUE(deriver_.Derive(Feed({{"shgbs_myre", "渋谷駅から徒歩8分"},
                                    {"shgjn1_open_close", "(1)9時00分～18時00分"},
                                    {"menkyo_skku1_n", "簿記"},
                                    {"nenkankjsu_n", "120日"}}),
                              &posting,
                              &rejection));
  ASSERT_TRUE(deriver_.Derive(Feed({}), &posting, &rejection));
  EXPECT_TRUE(posting.stations.empty());
  EXPECT_TRUE(posting.shifts.empty());
  EXPECT_TRUE(posting.licences.empty());
  EXPECT_EQ(posting.annual_holidays, std::nullopt);
}

TEST_F(PostingDeriverTest, TheContentHashSeesEveryTagAndText) {
  const uint64_t hash = Derive({{"sksu", "事務"}}).content_hash;
  EXPECT_EQ(Derive({{"sksu", "事務"}}).content_hash, hash);
  EXPECT_NE(Derive({{"sksu", "営業"}}).content_hash, hash);
  EXPECT_NE(Derive({{"jgshmei", "事務"}}).content_hash, hash);
  EXPECT_NE(Derive({{"sksu", "事務"}, {"zzz", "1"}}).content_hash, hash);
  EXPECT_EQ(Derive({{"zzz", "1"}, {"sksu", "事務"}, {"yyy", "2"}}).content_hash,
            Derive({{"yyy", "2"}, {"zzz", "1"}, {"sksu", "事務"}}).content_hash);
}

}  // namespace
}  // namespace kyujin::schema
