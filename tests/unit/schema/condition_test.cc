#include "engine/schema/condition.h"

#include <gtest/gtest.h>

#include "engine/schema/code_table.h"
#include "engine/schema/job_posting.h"
#include "engine/schema/posting_deriver.h"

namespace kyujin::schema {
namespace {

using Values = std::initializer_list<std::pair<const char*, const char*>>;

// '+' yes, '-' no, '?' unknown.
char Decide(std::string_view code, Values values) {
  static const PlaceResolver kPlaces;
  FeedRecord feed;
  feed.Set("kjno", "13010-12345678");
  for (const auto& [tag, text] : values) {
    feed.Set(tag, text);
  }
  JobPosting posting;
  Rejection rejection;
  EXPECT_TRUE(PostingDeriver(kPlaces).Derive(std::move(feed), &posting, &rejection));
  const ConditionMask bit = ConditionBit(*FindCondition(code));
  EXPECT_FALSE((posting.conditions_yes & bit) != 0 && (posting.conditions_no & bit) != 0);
  EXPECT_EQ(posting.conditions_from_text, 0U);
  if ((posting.conditions_yes & bit) != 0) {
    return '+';
  }
  return (posting.conditions_no & bit) != 0 ? '-' : '?';
}

TEST(ConditionTest, TheTableAgreesWithTheCodeTable) {
  ASSERT_EQ(Conditions().size(), kConditionCount);
  ASSERT_EQ(ConditionTable().codes.size(), kConditionCount);
  for (size_t i = 0; i < kConditionCount; ++i) {
    EXPECT_EQ(Conditions()[i].code, ConditionTable().codes[i].code);
    EXPECT_EQ(Conditions()[i].label, ConditionTable().codes[i].label);
    EXPECT_EQ(FindCondition(Conditions()[i].code), Conditions()[i].id);
  }
  EXPECT_EQ(FindCondition("nothing"), std::nullopt);
}

TEST(ConditionTest, NothingGivenIsUnknownThroughout) {
  for (const ConditionSpec& condition : Conditions()) {
    if (condition.id != Condition::kNew) {
      EXPECT_EQ(Decide(condition.code, {}), '?') << condition.code;
    }
  }
}

TEST(ConditionTest, YesNoFieldsDecide) {
  EXPECT_EQ(Decide("uij_turn", {{"uijturnkange_n", "ＵＩＪターン歓迎"}}), '+');
  EXPECT_EQ(Decide("uij_turn", {{"uijturnkange_n", "なし"}}), '-');
  EXPECT_EQ(Decide("remote", {{"ztkkimmu_n", "可"}}), '+');
  EXPECT_EQ(Decide("remote", {{"ztkkimmu_n", "不可"}}), '-');
  EXPECT_EQ(Decide("car_commute", {{"mycartsknkahi_n", "可"}}), '+');
  EXPECT_EQ(Decide("car_commute", {{"mycartsknkahi_n", "不可"}}), '-');
  EXPECT_EQ(Decide("no_transfer", {{"tenkin_knsi_n", "なし"}}), '+');
  EXPECT_EQ(Decide("no_transfer", {{"tenkin_knsi_n", "あり"}}), '-');
  EXPECT_EQ(Decide("no_overtime", {{"jkgi_umu_n", "なし"}}), '+');
  EXPECT_EQ(Decide("no_overtime", {{"jkgi_umu_n", "あり"}}), '-');
  EXPECT_EQ(Decide("bonus", {{"shoyoumu_n", "あり"}}), '+');
  EXPECT_EQ(Decide("bonus", {{"shoyoumu_n", "なし"}}), '-');
  EXPECT_EQ(Decide("promotion_to_regular", {{"ssintoyo_umu_n", "あり"}}), '+');
  EXPECT_EQ(Decide("promotion_to_regular", {{"ssintoyo_umu_n", "\u3000"}}), '?');
  EXPECT_EQ(Decide("commute_allowance", {{"tskntat", "実費支給（上限なし）"}}), '+');
  EXPECT_EQ(Decide("commute_allowance", {{"tskntat", "なし"}}), '-');
  EXPECT_EQ(Decide("retirement_allowance", {{"tiskkin_seido", "あり（勤続３年以上）"}}), '+');
}

TEST(ConditionTest, UnaskedForIsYes) {
  EXPECT_EQ(Decide("no_experience", {{"hynakiknt", "不問"}}), '+');
  EXPECT_EQ(Decide("no_experience", {{"hynakiknt", "経理３年以上"}}), '-');
  EXPECT_EQ(Decide("no_education", {{"grki", "不問"}}), '+');
  EXPECT_EQ(Decide("no_education", {{"grki", "必須\u3000高校以上"}}), '-');
  EXPECT_EQ(Decide("no_licence", {{"menkyo_skkuyohi1_n", "未選択"}}), '+');
  EXPECT_EQ(Decide("no_licence", {{"menkyo_skkuyohi2_n", "あれば尚可"}}), '+');
  EXPECT_EQ(
      Decide("no_licence", {{"menkyo_skkuyohi1_n", "未選択"}, {"menkyo_skkuyohi3_n", "必須"}}),
      '-');
  EXPECT_EQ(Decide("no_age_limit", {{"nenreisegnari_jgn", "不問"}}), '+');
  EXPECT_EQ(Decide("no_age_limit", {{"nenreisegnari_jgn", "59"}}), '-');
}

TEST(ConditionTest, NearStationIsTenMinutesOnFootFromAStation) {
  EXPECT_EQ(Decide("near_station", {{"shgbs_myre", "ＪＲ渋谷駅\u3000から\u3000徒歩10分"}}), '+');
  EXPECT_EQ(Decide("near_station", {{"shgbs_myre", "ＪＲ渋谷駅\u3000から\u3000徒歩１１分"}}), '-');
  EXPECT_EQ(Decide("near_station", {{"shgbs_myre", "ＪＲ渋谷駅\u3000から\u3000車5分"}}), '-');
  EXPECT_EQ(Decide("near_station", {{"shgbs_myre", "渋谷駅からバス「Ａ前」下車徒歩2分"}}), '-');
  EXPECT_EQ(Decide("near_station", {{"shgbs_myremjr", "ＪＲ渋谷"}}), '?');
}

TEST(ConditionTest, FixedOvertime) {
  EXPECT_EQ(Decide("fixed_overtime", {{"ktizangydi_kagen", "30000"}}), '+');
  EXPECT_EQ(Decide("fixed_overtime", {{"ktizangydi", "なし"}}), '-');
}

TEST(ConditionTest, WeekendOffNeedsTheDaysAndEveryWeek) {
  EXPECT_EQ(Decide("weekend_off", {{"kyjs", "土日祝日"}, {"sk2sei_n", "毎週"}}), '+');
  EXPECT_EQ(Decide("weekend_off", {{"kyjs", "土日祝日"}, {"sk2sei_n", "その他"}}), '-');
  EXPECT_EQ(Decide("weekend_off", {{"kyjs", "日祝日その他"}, {"sk2sei_n", "毎週"}}), '-');
  EXPECT_EQ(Decide("weekend_off", {{"kyjs", "土日"}}), '?');
  EXPECT_EQ(Decide("weekend_off", {{"kyjs", "日その他"}}), '-');
  EXPECT_EQ(Decide("weekend_off", {{"kyjs_sat", "1"}, {"kyjs_sun", "1"}, {"sk2sei_n", "毎週"}}),
            '+');
  EXPECT_EQ(Decide("two_day_week", {{"sk2sei_n", "毎週"}}), '+');
  EXPECT_EQ(Decide("two_day_week", {{"sk2sei_n", "その他"}}), '-');
  EXPECT_EQ(Decide("two_day_week", {{"kyjs", "土日"}}), '?');
}

TEST(ConditionTest, ShiftAndNightWorkAreKnownWhenAShiftIsGiven) {
  EXPECT_EQ(Decide("no_shift_work", {{"shgjn1_open_close", "(1)9時00分～18時00分"}}), '+');
  EXPECT_EQ(
      Decide("no_shift_work",
             {{"shgjn1_open_close", "(1)9時00分～18時00分"}, {"shgjn", "交替制（シフト制）"}}),
      '-');
  EXPECT_EQ(Decide("no_shift_work", {{"shgjn", "変形労働時間制（1年単位）"}}), '?');
  EXPECT_EQ(Decide("no_night_work", {{"shgjn1_open_close", "(1)9時00分～22時00分"}}), '+');
  EXPECT_EQ(Decide("no_night_work",
                   {{"shgjn1_open_close", "(1)9時00分～18時00分"},
                    {"shgjn2_open_close", "(2)16時30分～9時30分"}}),
            '-');
  EXPECT_EQ(Decide("no_night_work", {{"shgjn1_open_close", "(1)0時00分～0時00分"}}), '?');
}

TEST(ConditionTest, OtherFields) {
  EXPECT_EQ(Decide("smoke_free", {{"shgbs_okni_jdktentisk_n", "屋内禁煙"}}), '+');
  EXPECT_EQ(Decide("smoke_free", {{"shgbs_okni_jdktentisk_n", "喫煙室設置"}}), '-');
  EXPECT_EQ(Decide("social_insurance", {{"knyhkn", "雇用\u3000労災\u3000健康\u3000厚生"}}), '+');
  EXPECT_EQ(Decide("social_insurance", {{"knyhkn", "雇用\u3000労災"}}), '-');
  EXPECT_EQ(Decide("social_insurance", {{"knyhkn_kenko", "1"}, {"knyhkn_kosei", "1"}}), '+');
  EXPECT_EQ(Decide("no_document_screening", {{"snkhoho", "面接（予定１回）"}}), '+');
  EXPECT_EQ(Decide("no_document_screening", {{"snkhoho", "書類選考\u3000面接"}}), '-');
  EXPECT_EQ(
      Decide("no_document_screening", {{"snkhoho_shrisnko_c", "1"}, {"snkhoho_mensetsu_c", "1"}}),
      '-');
  EXPECT_EQ(Decide("no_document_screening", {{"snkhoho_shrisnko_c", "0"}}), '+');
  EXPECT_EQ(Decide("no_document_screening", {{"snkhoho_mensetsu_c", "1"}}), '+');
}

}  // namespace
}  // namespace kyujin::schema
