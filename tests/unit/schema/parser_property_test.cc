// Random texts, made of the words that parsers look for, through every parser: nothing crashes and
// no value leaves the range a person would believe.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "engine/schema/date_parser.h"
#include "engine/schema/name_key.h"
#include "engine/schema/posting_deriver.h"
#include "engine/schema/station_parser.h"
#include "engine/schema/wage_parser.h"

namespace kyujin::schema {
namespace {

constexpr uint64_t kSeed = 20'260'430;
constexpr int kRounds = 3'000;

class TextMaker {
 public:
  explicit TextMaker(uint64_t seed) : random_(seed) {}

  std::string Make() {
    static constexpr std::array kPieces{
        "駅",     "から",   "徒歩",
        "車",     "バス",   "バス停",
        "分",     "時",     "時間",
        "翌",     "～",     "〜",
        "－",     "-",      "~",
        "円",     "万",     "千",
        "月",     "火",     "日",
        "祝",     "祝日",   "土",
        "曜",     "第",     "毎週",
        "なし",   "不可",   "不問",
        "又は",   "・",     "、",
        "／",     "（",     "）",
        "(",      ")",      "「",
        "」",     "＜",     "＞",
        "線",     "ＪＲ",   "渋谷",
        "西口",   "令和",   "元",
        "年",     "\u3000", " ",
        "1",      "9",      "０",
        "５",     "99999",  "１２３４５６７８９０１２３４５６７８９０",
        ",",      "，",     ".",
        ":",      "：",     "歳",
        "以上",   "以下",   "東京都",
        "札幌市", "\n",     "\xE3\x81",
        "\xFF",   "a",      "Ｚ",
        "😀",      "必須",   "あり",
        "午後",   "半"};
    std::string text;
    const size_t pieces = Below(16);
    for (size_t i = 0; i < pieces; ++i) {
      text += kPieces[Below(kPieces.size())];
    }
    return text;
  }

  size_t Below(size_t limit) { return static_cast<size_t>(random_() % limit); }

 private:
  std::mt19937_64 random_;
};

void ExpectBelievable(const YenRange& range) {
  EXPECT_LE(range.min, 600'000'000U);
  EXPECT_LE(range.max, 600'000'000U);
}

void ExpectBelievable(const JobPosting& posting) {
  for (const Shift& shift : posting.shifts) {
    EXPECT_LT(shift.start, 24 * 60);
    EXPECT_LT(shift.start, shift.end);
    EXPECT_LE(shift.end, 48 * 60);
  }
  for (const StationAccess& station : posting.stations) {
    EXPECT_FALSE(station.name.empty());
    EXPECT_FALSE(station.key.empty());
    EXPECT_LE(station.walk_minutes.value_or(0), 240);
    EXPECT_LE(posting.walk_minutes.value_or(0), station.walk_minutes.value_or(240));
  }
  EXPECT_LE(posting.overtime_hours.value_or(0), 744);
  EXPECT_LE(posting.annual_holidays.value_or(0), 366);
  EXPECT_LE(posting.age_min.value_or(0), 99);
  EXPECT_LE(posting.age_max.value_or(0), 99);
  EXPECT_LE(posting.wage.fixed_overtime_hours.value_or(0), 300);
  EXPECT_GT(posting.positions.value_or(1), 0);
  EXPECT_LE(posting.prefecture, 47);
  EXPECT_EQ(posting.wage.base.has_value(), posting.wage.with_fixed_overtime.has_value());
  for (const auto& range :
       {posting.wage.base, posting.wage.fixed_allowances, posting.wage.with_fixed_overtime}) {
    ExpectBelievable(range.value_or(YenRange{}));
  }
  EXPECT_EQ(posting.conditions_yes & posting.conditions_no, 0U);
  EXPECT_EQ((posting.conditions_yes | posting.conditions_no) & ConditionBit(Condition::kNew), 0U);
}

TEST(ParserPropertyTest, RandomRecordsGiveBelievableValues) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  TextMaker maker(kSeed);
  const PlaceResolver places;
  const PostingDeriver deriver(places);
  JobPosting posting;
  for (int round = 0; round < kRounds && !testing::Test::HasFailure(); ++round) {
    FeedRecord feed;
    for (const FeedField& field : FeedFields()) {
      if (field.type != FeedType::kDate && maker.Below(2) == 0) {
        feed.Set(field.id, maker.Make());
      }
    }
    feed.Set(Tag::kKjno, "13010-12345678");
    Rejection rejection;
    ASSERT_TRUE(deriver.Derive(std::move(feed), &posting, &rejection)) << rejection.reason;
    ExpectBelievable(posting);
    if (testing::Test::HasFailure()) {
      for (const FeedRecord::Value& value : posting.feed.values()) {
        ADD_FAILURE() << GetFeedField(value.tag).tag << "=" << value.text;
      }
    }
  }
}

TEST(ParserPropertyTest, ParsersOfOneTextNeverFail) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed + 1);
  TextMaker maker(kSeed + 1);
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = maker.Make();
    SCOPED_TRACE(text);
    const auto date = ParseFeedDate(text);
    EXPECT_TRUE(date.has_value() || !date.error().message.empty());
    const auto number = PostingNumber::Parse(text);
    EXPECT_TRUE(!number.has_value() || number->value() < 10'000'000'000'000U);
    // A key is its own key: what a posting stores is found by what it stores.
    const std::string key = NameKey(text);
    EXPECT_EQ(NameKey(key), key);
    if (const auto range = ParseYenRange(text)) {
      EXPECT_GT(range->min, 0U);
      EXPECT_LE(range->max, 99'999'999U);
    }
  }
}

}  // namespace
}  // namespace kyujin::schema
