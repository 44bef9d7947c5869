// The small parts the generator is made of.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "bench/corpus/alias_table.h"
#include "bench/corpus/calendar.h"
#include "bench/corpus/employers.h"
#include "bench/corpus/feed_record.h"
#include "bench/corpus/japanese_text.h"
#include "bench/corpus/occupations.h"
#include "bench/corpus/places.h"
#include "bench/corpus/random.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {
namespace {

Date Day(const char* text) {
  return *Date::Parse(text);
}

TEST(RandomTest, IsSplitmix64) {
  // First outputs of the published algorithm for seed 0.
  Random random(0);
  EXPECT_EQ(random.Next(), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(random.Next(), 0x6e789e6aa1b965f4ULL);
}

TEST(RandomTest, StaysWithinItsBounds) {
  Random random(7);
  std::set<int> seen;
  for (int i = 0; i < 1000; ++i) {
    const int value = random.Between(-2, 3);
    EXPECT_GE(value, -2);
    EXPECT_LE(value, 3);
    EXPECT_LT(random.SkewedBelow(5), 5U);
    seen.insert(value);
  }
  EXPECT_EQ(seen.size(), 6U);
}

TEST(AliasTableTest, DrawsByWeight) {
  const AliasTable table(std::array<uint32_t, 4>{1, 0, 5, 4});
  std::array<int, 4> counts{};
  Random random(3);
  for (int i = 0; i < 100'000; ++i) {
    ++counts.at(table.Pick(random));
  }
  EXPECT_NEAR(counts[0], 10'000, 500);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 50'000, 1000);
  EXPECT_NEAR(counts[3], 40'000, 1000);
}

TEST(WordListTest, SplitsAtTheSeparator) {
  const WordList words("一|二|三");
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[2], "三");
  EXPECT_TRUE(WordList("").empty());
}

TEST(JapaneseTextTest, WritesNumbersInBothWidths) {
  std::string text;
  AppendWideNumber(text, 120);
  AppendAmount(text, 1'234'500);
  AppendWideAmount(text, 2000);
  EXPECT_EQ(text, "１２０1,234,500２，０００");
}

TEST(JapaneseTextTest, WritesTimesPastMidnight) {
  std::string text;
  AppendTime(text, 9 * 60 + 5);
  AppendTime(text, 25 * 60);
  AppendWideTime(text, 17 * 60 + 30);
  EXPECT_EQ(text, "9時05分1時00分１７時３０分");
}

TEST(JapaneseTextTest, CountsAndCutsCharacters) {
  EXPECT_EQ(CountCharacters("求人a検索"), 5U);
  EXPECT_EQ(FirstCharacters("求人検索", 2), "求人");
  EXPECT_EQ(FirstCharacters("求人", 5), "求人");
}

TEST(FeedRecordTest, EscapesMarkup) {
  std::string out;
  FeedRecord record(out);
  record.Begin();
  record.Add("jgshhp", "a?x=1&y=<2>");
  record.AddNumber("khkykagen", 1200);
  record.AddEmpty("shgbs_myre");
  record.End();
  EXPECT_EQ(out,
            "<data><jgshhp>a?x=1&amp;y=&lt;2&gt;</jgshhp>\n<khkykagen>1200</khkykagen>\n"
            "<shgbs_myre></shgbs_myre>\n</data>\n");
}

TEST(PostingCalendarTest, HeapsArrivalsOnFirstWorkingDays) {
  const PostingCalendar calendar(Day("2026-04-30"));
  Random random(1);
  int first_days = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string& day = calendar.ReceivedText(calendar.PickReceived(random));
    first_days += day == "2026/02/02" || day == "2026/03/02" || day == "2026/04/01" ? 1 : 0;
  }
  EXPECT_NEAR(first_days, 2100, 400);
}

TEST(PostingCalendarTest, ReceivesNothingAfterTheDay) {
  // 2026-11-01 is a Sunday: November has no working day yet.
  const PostingCalendar calendar(Day("2026-11-01"));
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const size_t day = calendar.PickReceived(random);
    EXPECT_LE(calendar.received(day), Day("2026-11-01"));
    EXPECT_LE(calendar.received(calendar.Later(day, 12)), Day("2026-11-01"));
  }
}

TEST(PlacesTest, EveryPrefectureHasMunicipalitiesAndStations) {
  ASSERT_EQ(Prefectures().size(), kPrefectureCount);
  ASSERT_EQ(Municipalities().size(), kPrefectureCount);
  ASSERT_EQ(Stations().size(), kPrefectureCount);
  size_t stations = 0;
  for (size_t i = 0; i < kPrefectureCount; ++i) {
    EXPECT_GE(WordList(Municipalities()[i].cities).size(), 4U);
    const WordList lines(Stations()[i], ';');
    for (size_t line = 0; line < lines.size(); ++line) {
      stations += WordList(lines[line], ',').size();
    }
  }
  EXPECT_GE(stations, 300U);
}

TEST(OccupationsTest, EveryClassHasWords) {
  const OccupationCatalogue catalogue;
  std::set<std::string_view> classes;
  std::set<std::string_view> vocabularies;
  for (const Occupation& occupation : catalogue.occupations()) {
    classes.insert(occupation.description->code);
    vocabularies.insert(occupation.description->vocabulary);
    EXPECT_GE(occupation.titles.size(), 2U) << occupation.description->code;
    EXPECT_GE(occupation.duties.size(), 8U) << occupation.description->code;
    EXPECT_LE(occupation.duties.size(), 64U) << occupation.description->code;
    EXPECT_FALSE(occupation.industries.empty());
  }
  EXPECT_EQ(classes.size(), 99U);
  EXPECT_GE(vocabularies.size(), 45U);
}

TEST(EmployersTest, NamesAreManyAndDifferent) {
  const PlaceCatalogue places;
  const EmployerCatalogue employers(places);
  Employer employer;
  std::set<std::string> names;
  constexpr uint64_t kCount = 20'000;
  for (uint64_t i = 0; i < kCount; ++i) {
    const Industry& industry = Industries()[i % Industries().size()];
    employers.Make(MixSeeds(5, i), industry, i % kPrefectureCount, employer);
    EXPECT_LE(CountCharacters(employer.name), 60U);
    names.insert(employer.name);
  }
  EXPECT_GE(names.size(), kCount * 85 / 100);
}

TEST(EmployersTest, SameSeedIsTheSameEmployer) {
  const PlaceCatalogue places;
  const EmployerCatalogue employers(places);
  Employer first;
  Employer again;
  employers.Make(11, Industries()[3], 12, first);
  employers.Make(99, Industries()[4], 0, again);
  employers.Make(11, Industries()[3], 12, again);
  EXPECT_EQ(first.name, again.name);
  EXPECT_EQ(first.kana, again.kana);
  EXPECT_EQ(first.address, again.address);
  EXPECT_EQ(first.coined, again.coined);
}

}  // namespace
}  // namespace kyujin::corpus
