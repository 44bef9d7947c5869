#include "engine/schema/condition_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/schema/posting_deriver.h"
#include "engine/text/normalizer.h"
#include "tests/testing/random_seed.h"

namespace kyujin::schema {
namespace {

// Codes of what `text` says, a minus before those it denies, in the order of the table.
std::string Said(std::string_view text) {
  ConditionReader reader;
  reader.Read(text);
  const ConditionAnswers answers = reader.Take();
  std::string said;
  for (size_t i = 0; i < kStoredConditionCount; ++i) {
    const ConditionMask bit = ConditionBit(static_cast<Condition>(i));
    if (((answers.yes | answers.no) & bit) != 0) {
      said += said.empty() ? "" : " ";
      said += (answers.no & bit) != 0 ? "-" : "";
      said += Conditions()[i].code;
    }
  }
  return said;
}

struct Example {
  std::string_view text;
  std::string_view said;
};

void Expect(const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    EXPECT_EQ(Said(example.text), example.said) << example.text;
  }
}

TEST(ConditionReaderTest, DenialsOfWhatPeopleAvoid) {
  Expect({{"夜勤なしの日勤専従", "no_night_work"},
          {"夜勤はありません", "no_night_work"},
          {"夜勤：なし", "no_night_work"},
          {"日勤のみのお仕事です", "no_night_work"},
          {"転勤はありません", "no_transfer"},
          {"転勤の可能性なし", "no_transfer"},
          {"転勤を伴う異動はありません", "no_transfer"},
          {"時間外労働は一切ありません", "no_overtime"},
          {"交替制勤務はありません", "no_shift_work"},
          {"書類選考はありません", "no_document_screening"}});
}

TEST(ConditionReaderTest, AffirmationsOfWhatPeopleAvoid) {
  Expect({{"夜勤あり（月４回程度）", "-no_night_work"},
          {"夜勤専従の方を募集", "-no_night_work"},
          {"転勤あり", "-no_transfer"},
          {"残業あり（月１０時間程度）", "-no_overtime"},
          {"早番・遅番のシフト制", "-no_shift_work"}});
}

TEST(ConditionReaderTest, WhatEmployersGive) {
  Expect({{"マイカー通勤ＯＫ", "car_commute"},
          {"車・バイク通勤可", "car_commute"},
          {"マイカー通勤不可", "-car_commute"},
          {"マイカー通勤はご遠慮ください", "-car_commute"},
          {"在宅勤務可能", "remote"},
          {"在宅勤務はできません", "-remote"},
          {"昇給・賞与あり", "bonus"},
          {"賞与なし", "-bonus"},
          {"正社員登用制度あり", "promotion_to_regular"},
          {"交通費全額支給", "commute_allowance"},
          {"退職金制度あり（勤続３年以上）", "retirement_allowance"},
          {"各種社会保険完備", "social_insurance"},
          {"固定残業代３万円を含む", "fixed_overtime"},
          {"固定残業代なし", "-fixed_overtime"},
          {"屋内禁煙の職場です", "smoke_free"},
          {"Ｕ・Ｉターン歓迎", "uij_turn"}});
}

TEST(ConditionReaderTest, WhatNobodyAsksFor) {
  Expect({{"経験・学歴・年齢不問", "no_experience no_education no_age_limit"},
          {"学歴、経験は問いません", "no_experience no_education"},
          {"学歴\u3000経験\u3000不問", "no_experience no_education"},
          {"未経験者歓迎", "no_experience"},
          {"無資格の方も歓迎", "no_licence"},
          {"大卒以上の学歴が必要です", "-no_education"},
          {"経験者のみ応募可", "-no_experience"}});
}

TEST(ConditionReaderTest, ConditionsWithoutAField) {
  Expect({{"トライアル雇用併用求人です", "trial"},
          {"単身寮あり", "housing_single"},
          {"世帯用住宅あり", "housing_family"},
          {"院内託児所完備", "childcare"},
          {"就職氷河期世代の方歓迎", "ice_age"},
          {"６０歳以上の方も歓迎", "over60"},
          {"オンライン自主応募可", "online_application"}});
}

TEST(ConditionReaderTest, DaysOff) {
  Expect({{"土日祝休み", "weekend_off"},
          {"土日出勤あり", "-weekend_off"},
          {"土日祝出勤はありません", "weekend_off"},
          {"完全週休２日制（土日）", "weekend_off two_day_week"},
          {"完全週休二日制", "two_day_week"}});
}

TEST(ConditionReaderTest, MinutesOnFoot) {
  Expect({{"渋谷駅から徒歩５分", "near_station"},
          {"渋谷駅から徒歩約１０分", "near_station"},
          {"渋谷駅から徒歩１１分", "-near_station"},
          {"駅から徒歩３～１５分", "-near_station"},
          {"駅から徒歩圏内", ""},
          {"バス停から徒歩３分", ""}});
}

TEST(ConditionReaderTest, WhatIsTakenBack) {
  Expect({{"日勤のみ可", ""},
          {"夜勤なしも可", ""},
          {"日勤のみの相談に応じます", ""},
          {"日勤のみ希望の方は相談に応じます", ""},
          {"土日休みの週もあり", ""},
          {"試用期間中は夜勤なし", ""},
          {"県外への転勤はありません", ""},
          {"社会保険加入条件あり", ""}});
}

TEST(ConditionReaderTest, WhatOnlyLooksAlike) {
  Expect({{"残業ほぼなし", ""},
          {"夜勤の有無は応相談", ""},
          {"ノー残業デーあり", ""},
          {"無料駐車場", ""},
          {"車の運転が可能な方", ""},
          {"社用車通勤可", ""},
          {"訪問先の在宅患者さん", ""}});
}

TEST(ConditionReaderTest, AYesAndANoAreNeither) {
  Expect({{"日勤のみ。夜勤あり。", ""}});
}

TEST(ConditionReaderTest, NothingReachesOverASentence) {
  Expect({{"夜勤。なし", ""}, {"残業あり。転勤なし。", "no_transfer -no_overtime"}});
}

TEST(ConditionReaderTest, WidthCaseAndLineBreaksMakeNoDifference) {
  Expect({{"ﾏｲｶｰ通勤ok", "car_commute"},
          {"マイカー通\u3000勤可", "car_commute"},
          {"夜勤はあり\u3000\u3000ません", "no_night_work"},
          {"ｗｅｂ応募可", "online_application"}});
}

TEST(ConditionReaderTest, TextsAreReadOneByOne) {
  ConditionReader reader;
  reader.Read("夜勤");
  reader.Read("なし");
  EXPECT_EQ(reader.Take(), ConditionAnswers());
  reader.Read("夜勤なし");
  reader.Read("賞与あり");
  const ConditionAnswers both{.yes = ConditionBit(Condition::kNoNightWork) |
                                     ConditionBit(Condition::kBonus)};
  EXPECT_EQ(reader.Take(), both);
  EXPECT_EQ(reader.Take(), ConditionAnswers());
}

// Pieces of the dictionary in any order: never a crash, and the same in full and half width.
TEST(ConditionReaderTest, AnyTextIsReadTheSameInBothWidths) {
  const std::vector<std::string> pieces = {
      "夜勤",     "なし", "ＯＫ", "も可",       "・",   "、",          "\u3000", "未経験",
      "歓迎",     "土日", "休み", "駅から徒歩", "５分", "は",          "の",     "ＵＩＪターン",
      "\xE3\x81", "\xFF", "😀",    "ｶﾞ",         "。",   "試用期間中は"};
  std::mt19937_64 random(test::RandomSeed());
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (uint64_t left = random() % 12; left > 0; --left) {
      text += pieces[random() % pieces.size()];
    }
    ASSERT_EQ(Said(text), Said(text::FoldWidth(text))) << text;
  }
}

JobPosting Derive(std::initializer_list<std::pair<const char*, const char*>> values) {
  static const PlaceResolver places;
  FeedRecord feed;
  feed.Set("kjno", "13010-12345678");
  for (const auto& [tag, text] : values) {
    feed.Set(tag, text);
  }
  JobPosting posting;
  Rejection rejection;
  EXPECT_TRUE(PostingDeriver(places).Derive(std::move(feed), &posting, &rejection));
  return posting;
}

TEST(ConditionReaderTest, TextDecidesOnlyWhatNoFieldDoes) {
  const ConditionMask bonus = ConditionBit(Condition::kBonus);
  const ConditionMask no_transfer = ConditionBit(Condition::kNoTransfer);
  const JobPosting posting =
      Derive({{"shoyoumu_n", "なし"}, {"shigoto_ny", "賞与あり、転勤はありません"}});
  EXPECT_EQ(posting.conditions_yes, no_transfer);
  EXPECT_EQ(posting.conditions_no, bonus);
  EXPECT_EQ(posting.conditions_from_text, no_transfer);
}

TEST(ConditionReaderTest, TitleDescriptionAndNoteAreRead) {
  const JobPosting posting = Derive({{"sksu", "看護師（日勤のみ）"},
                                     {"shigoto_ny", "賞与なし"},
                                     {"kjjknktkjk", "車通勤可"},
                                     {"kaishatokucho", "転勤なし"}});
  EXPECT_EQ(posting.conditions_yes,
            ConditionBit(Condition::kNoNightWork) | ConditionBit(Condition::kCarCommute));
  EXPECT_EQ(posting.conditions_no, ConditionBit(Condition::kBonus));
}

}  // namespace
}  // namespace kyujin::schema
