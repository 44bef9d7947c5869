// What typed words are read as: one line per rule and per lexicon.
#include "engine/query/interpreter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/query/interpretation_table.h"

namespace kyujin::query {
namespace {

// Shows `parameter=value` of each chip, `?` before those that are not applied, then what stays
// words.
std::string Show(const Interpretation& read) {
  std::string text;
  for (const InterpretationChip& chip : read.chips) {
    text += text.empty() ? "" : " ";
    text += chip.is_applied ? "" : "?";
    text += chip.meaning.parameter + "=" + chip.meaning.value;
  }
  return text + "; " + FormatQuery(read.words);
}

struct Case {
  const char* typed;
  const char* read;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.typed;
}

class InterpreterTest : public testing::TestWithParam<Case> {};

TEST_P(InterpreterTest, Reads) {
  EXPECT_EQ(Show(Interpret(ParseQuerySyntax(GetParam().typed), {})), GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(
    Conditions,
    InterpreterTest,
    testing::Values(Case{"夜勤なし", "conditions=no_night_work; "},
                    Case{"夜勤無し", "conditions=no_night_work; "},
                    Case{"夜勤ナシ", "conditions=no_night_work; "},
                    Case{"日勤のみ", "conditions=no_night_work; "},
                    Case{"転勤なし", "conditions=no_transfer; "},
                    Case{"転勤はありません", "conditions=no_transfer; "},
                    Case{"残業なし", "conditions=no_overtime; "},
                    Case{"残業ゼロ", "conditions=no_overtime; "},
                    Case{"残業0", "conditions=no_overtime; "},
                    Case{"交替制なし", "conditions=no_shift_work; "},
                    Case{"シフト制なし", "conditions=no_shift_work; "},
                    Case{"マイカー通勤可", "conditions=car_commute; "},
                    Case{"車通勤ＯＫ", "conditions=car_commute; "},
                    Case{"マイカー通勤", "conditions=car_commute; "},
                    Case{"固定残業代なし", "conditions=-fixed_overtime; "},
                    Case{"みなし残業なし", "conditions=-fixed_overtime; "},
                    Case{"土日休み", "conditions=weekend_off; "},
                    Case{"土日休", "conditions=weekend_off; "},
                    Case{"完全週休２日制", "conditions=two_day_week; "},
                    Case{"完全週休二日", "conditions=two_day_week; "},
                    Case{"未経験OK", "conditions=no_experience; "},
                    Case{"未経験者歓迎", "conditions=no_experience; "},
                    Case{"経験不問", "conditions=no_experience; "},
                    Case{"学歴不問", "conditions=no_education; "},
                    Case{"年齢不問", "conditions=no_age_limit; "},
                    Case{"無資格可", "conditions=no_licence; "},
                    Case{"在宅可", "conditions=remote; "},
                    Case{"駅近", "conditions=near_station; "},
                    Case{"賞与あり", "conditions=bonus; "},
                    Case{"ボーナス有", "conditions=bonus; "},
                    Case{"社保完備", "conditions=social_insurance; "},
                    Case{"交通費支給", "conditions=commute_allowance; "},
                    Case{"退職金あり", "conditions=retirement_allowance; "},
                    Case{"正社員登用あり", "conditions=promotion_to_regular; "},
                    Case{"ＵＩＪターン", "conditions=uij_turn; "},
                    Case{"禁煙", "conditions=smoke_free; "},
                    Case{"託児所あり", "conditions=childcare; "},
                    Case{"単身寮あり", "conditions=housing_single; "},
                    Case{"60歳以上歓迎", "conditions=over60; "},
                    Case{"書類選考なし", "conditions=no_document_screening; "},
                    Case{"新着", "conditions=new; "},
                    Case{"夜勤なし 転勤なし", "conditions=no_night_work conditions=no_transfer; "},
                    Case{"夜勤なし 看護師", "conditions=no_night_work ?occupation=023; 看護師"}));

INSTANTIATE_TEST_SUITE_P(PlainWords,
                         InterpreterTest,
                         testing::Values(Case{"夜勤", "; 夜勤"},
                                         Case{"未経験", "; 未経験"},
                                         Case{"リモートワーク", "; リモートワーク"},
                                         Case{"シフト制", "; シフト制"},
                                         Case{"週休二日制", "; 週休二日制"},
                                         Case{"トライアル雇用", "; トライアル雇用"},
                                         Case{"60歳以上", "; 60歳以上"},
                                         Case{"サービス残業なし", "; サービス残業なし"},
                                         Case{"派遣会社", "; 派遣会社"},
                                         Case{"パートナー", "; パートナー"},
                                         Case{"時給1200円以下", "; 時給1200円以下"},
                                         Case{"一般", "; 一般"},
                                         Case{"#時まで", "; #時まで"},
                                         Case{"中央", "; 中央"},
                                         Case{"北", "; 北"},
                                         Case{"日立", "?city=08202; 日立"},
                                         Case{"桜井", "?city=29206; 桜井"}));

INSTANTIATE_TEST_SUITE_P(Employment,
                         InterpreterTest,
                         testing::Values(Case{"正社員", "employment=1; "},
                                         Case{"正社員以外", "employment=2; "},
                                         Case{"パート", "employment=5; "},
                                         Case{"ﾊﾟｰﾄ", "employment=5; "},
                                         Case{"派遣", "employment=3,4,6,7; "},
                                         Case{"派遣以外", "dispatch=none; "},
                                         Case{"フルタイム", "full_part=full; "},
                                         Case{"正社員 パート", "employment=1 employment=5; "},
                                         Case{"アルバイト", "; アルバイト"},
                                         Case{"契約社員", "; 契約社員"}));

INSTANTIATE_TEST_SUITE_P(
    Wages,
    InterpreterTest,
    testing::Values(Case{"時給1200円以上", "hourly_min=1200; "},
                    Case{"時給１，２００円", "hourly_min=1200; "},
                    Case{"時給1200", "hourly_min=1200; "},
                    Case{"時給千二百円以上", "hourly_min=1200; "},
                    Case{"月20万", "monthly_min=200000; "},
                    Case{"月給25万円〜", "monthly_min=250000; "},
                    Case{"月給25万円～", "monthly_min=250000; "},
                    Case{"月給二十万円以上", "monthly_min=200000; "},
                    Case{"月収22.5万以上", "monthly_min=225000; "},
                    Case{"月給200,000円以上", "monthly_min=200000; "},
                    Case{"月給25", "monthly_min=250000; "},
                    Case{"時給 1200円 以上", "hourly_min=1200; "},
                    Case{"月給 20 万円 以上", "monthly_min=200000; "},
                    Case{"時給1円", "; 時給1円"},
                    Case{"時給1200円 月給20万", "hourly_min=1200 monthly_min=200000; "},
                    Case{"時給1200円 時給1500円", "hourly_min=1200 ?hourly_min=1500; 時給1500円"}));

INSTANTIATE_TEST_SUITE_P(Numbers,
                         InterpreterTest,
                         testing::Values(Case{"年間休日120日以上", "holidays_min=120; "},
                                         Case{"年間休日百二十日以上", "holidays_min=120; "},
                                         Case{"年休125日", "holidays_min=125; "},
                                         Case{"駅徒歩10分以内", "walk_max=10; "},
                                         Case{"徒歩5分", "walk_max=5; "},
                                         Case{"残業20時間以内", "overtime_max=20; "},
                                         Case{"65歳", "age=65; "},
                                         Case{"60歳OK", "age=60; "},
                                         Case{"従業員100人以上", "employees_min=100; "}));

INSTANTIATE_TEST_SUITE_P(Weekdays,
                         InterpreterTest,
                         testing::Values(Case{"土日祝休み", "holiday_weekdays=sat,sun,hol; "},
                                         Case{"日曜休み", "holiday_weekdays=sun; "},
                                         Case{"土日祝日休み", "holiday_weekdays=sat,sun,hol; "},
                                         Case{"水曜定休", "holiday_weekdays=wed; "}));

INSTANTIATE_TEST_SUITE_P(Places,
                         InterpreterTest,
                         testing::Values(Case{"東京都", "pref=13; "},
                                         Case{"東京", "pref=13; "},
                                         Case{"京都", "pref=26; "},
                                         Case{"北海道", "pref=01; "},
                                         Case{"渋谷区", "city=13113; "},
                                         Case{"渋谷", "place=13113,渋谷; "},
                                         Case{"東京都渋谷区", "city=13113; "},
                                         Case{"東京渋谷", "city=13113; "},
                                         Case{"横浜", "city=14100; "},
                                         Case{"横浜市西区", "city=14103; "},
                                         Case{"横浜市 西区", "city=14103; "},
                                         Case{"府中", "place=13206,34208,34302,府中; "},
                                         Case{"府中市", "city=13206,34208; "},
                                         Case{"東京 府中", "pref=13 place=13206,府中; "},
                                         Case{"東京 横浜", "pref=13 city=14100; "},
                                         Case{"渋谷 新宿", "place=13113,渋谷 place=13104,新宿; "},
                                         Case{"龍ヶ崎市", "city=08208; "},
                                         Case{"都内", "pref=13; "},
                                         Case{"東京都内", "pref=13; "},
                                         Case{"渋谷勤務", "place=13113,渋谷; "},
                                         Case{"関西", "pref=25,26,27,28,29,30; "},
                                         Case{"安芸郡府中町", "city=34302; "},
                                         Case{"岩槻市", "city=11110; "},
                                         Case{"博多", "place=40132,博多; "},
                                         Case{"奈良 桜井", "pref=29 city=29206; "}));

INSTANTIATE_TEST_SUITE_P(Hours,
                         InterpreterTest,
                         testing::Values(Case{"17時まで", "end_by=17:00; "},
                                         Case{"１７時まで", "end_by=17:00; "},
                                         Case{"十七時まで", "end_by=17:00; "},
                                         Case{"17:30まで", "end_by=17:30; "},
                                         Case{"17時半まで", "end_by=17:30; "},
                                         Case{"午後5時まで", "end_by=17:00; "},
                                         Case{"9時から", "start_from=09:00; "},
                                         Case{"朝9時から", "start_from=09:00; "},
                                         Case{"10時以降", "start_from=10:00; "},
                                         Case{"9時〜17時", "start_from=09:00 end_by=17:00; "},
                                         Case{"9:00-17:30", "start_from=09:00 end_by=17:30; "},
                                         Case{"9時から17時まで", "start_from=09:00 end_by=17:00; "},
                                         Case{"17時", "; 17時"}));

INSTANTIATE_TEST_SUITE_P(Stations,
                         InterpreterTest,
                         testing::Values(Case{"渋谷駅", "station=渋谷; "},
                                         Case{"日本橋", "station=日本橋; "},
                                         Case{"大阪 日本橋", "pref=27 station=日本橋; "},
                                         Case{"吉祥寺", "station=吉祥寺; "},
                                         Case{"新宿駅周辺", "station=新宿; "},
                                         Case{"渋谷駅から徒歩5分", "station=渋谷 walk_max=5; "},
                                         Case{"下神明駅", "station=下神明; "},
                                         Case{"最寄り駅", "; 最寄り駅"},
                                         Case{"本町", "; 本町"},
                                         Case{"本町駅", "station=本町; "},
                                         Case{"東京駅", "station=東京; "}));

INSTANTIATE_TEST_SUITE_P(
    Glued,
    InterpreterTest,
    testing::Values(Case{"看護師夜勤なし渋谷",
                         "?occupation=023 conditions=no_night_work place=13113,渋谷; 看護師"},
                    Case{"夜勤なし看護師", "conditions=no_night_work ?occupation=023; 看護師"},
                    Case{"渋谷看護師", "place=13113,渋谷 ?occupation=023; 看護師"},
                    Case{"渋谷の看護師", "place=13113,渋谷 ?occupation=023; 看護師"},
                    Case{"病院事務土日休み", "conditions=weekend_off; 病院事務"},
                    Case{"正社員事務", "employment=1 ?occupation=034; 事務"},
                    Case{"渋谷区・新宿区", "city=13113 city=13104; "},
                    Case{"大阪屋ショップ", "; 大阪屋ショップ"},
                    Case{"東京電力", "; 東京電力"},
                    Case{"京都大学", "; 京都大学"},
                    Case{"日立製作所", "; 日立製作所"},
                    Case{"渋谷区役所", "; 渋谷区役所"},
                    Case{"府中市立病院", "; 府中市立病院"},
                    Case{"東京都心", "; 東京都心"},
                    Case{"東京事務所", "; 東京事務所"},
                    Case{"横浜介護サービス", "; 横浜介護サービス"},
                    Case{"パート職員", "; パート職員"},
                    Case{"時給1200円台", "; 時給1200円台"},
                    Case{"カフェシフトなし", "; カフェシフトなし"}));

INSTANTIATE_TEST_SUITE_P(FoundByTrying,
                         InterpreterTest,
                         testing::Values(Case{"転勤ありません", "conditions=no_transfer; "},
                                         Case{"転勤の可能性なし", "conditions=no_transfer; "},
                                         Case{"自転車通勤可", "; 自転車通勤可"},
                                         Case{"電車通勤", "; 電車通勤"},
                                         Case{"月給20万〜25万", "monthly_min=200000; "},
                                         Case{"月給20〜30万", "monthly_min=200000; "},
                                         Case{"時給1,500円から1,800円", "hourly_min=1500; "},
                                         Case{"年収300〜400万", "monthly_min=250000; "},
                                         Case{"基本給20万円以上",
                                              "wage_basis=base monthly_min=200000; "},
                                         Case{"給料25万", "monthly_min=250000; "},
                                         Case{"津", "place=24201,津; "},
                                         Case{"津波", "; 津波"},
                                         Case{"富士", "place=22210,富士; "},
                                         Case{"富士通", "; 富士通"}));

INSTANTIATE_TEST_SUITE_P(LeftAlone,
                         InterpreterTest,
                         testing::Values(Case{"\"夜勤なし\"", "; \"夜勤なし\""},
                                         Case{"-夜勤なし", "; -夜勤なし"},
                                         Case{"夜勤なし OR 転勤なし", "; 夜勤なし OR 転勤なし"},
                                         Case{"看護師 夜勤なし OR 転勤なし 渋谷",
                                              "?occupation=023 place=13113,渋谷; "
                                              "看護師 夜勤なし OR 転勤なし"},
                                         Case{"夜勤 -なし", "; 夜勤 -なし"},
                                         Case{"", "; "}));

}  // namespace
}  // namespace kyujin::query
