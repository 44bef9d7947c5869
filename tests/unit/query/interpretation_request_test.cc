// Interpretation inside a whole request: what explicit parameters take, what is canonical, what the
// chips say.
#include <gtest/gtest.h>

#include <string>

#include "engine/query/filter_builder.h"
#include "engine/query/interpretation_table.h"
#include "engine/query/interpreter.h"
#include "engine/query/parameter_value.h"
#include "engine/query/phrase_lexicon.h"
#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

std::string AsParameters(std::string_view query) {
  const ParseOutcome outcome = Read(query);
  EXPECT_TRUE(outcome.has_request()) << query;
  return outcome.request.as_parameters;
}

TEST(InterpretationRequestTest, BecomesFiltersThatParametersCouldSay) {
  const struct {
    const char* query;
    const char* as_parameters;
  } cases[] = {
      {"q=看護師 夜勤なし 府中 時給1800円以上",
       "conditions=no_night_work&hourly_min=1800&interpret=off&place=13206,34208,34302,府中&q="
       "看護師"},
      {"q=夜勤なし", "conditions=no_night_work&interpret=off"},
      {"q=渋谷&city=", "interpret=off&place=13113,渋谷"},
      {"q=渋谷区", "city=13113&interpret=off"},
      {"q=日本橋", "interpret=off&station=日本橋"},
      {"q=9時〜17時", "end_by=17:00&interpret=off&start_from=09:00"},
      {"q=介護 転勤なし 夜勤なし", "conditions=no_night_work,no_transfer&interpret=off&q=介護"},
      {"q=東京 横浜&sort=new", "city=14100&interpret=off&pref=13"},
      {"q=介護", "q=介護"},
      {"q=夜勤なし&interpret=off", "interpret=off&q=夜勤なし"},
      {"q=夜勤なし 介護&q_mode=or", "q=夜勤なし 介護&q_mode=or"},
      {"q_not=夜勤なし", "q_not=夜勤なし"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Unescaped(AsParameters(c.query)), c.as_parameters) << c.query;
  }
}

TEST(InterpretationRequestTest, WhatWasSentIsNotInterpretedOver) {
  const struct {
    const char* query;
    const char* text;
    const char* as_parameters;
  } cases[] = {
      {"q=渋谷 介護&pref=13", "渋谷", "pref=13&q=渋谷 介護"},
      {"q=東京&city=14100", "東京", "city=14100&q=東京"},
      {"q=時給1200円&monthly_min=200000", "時給1200円", "monthly_min=200000&q=時給1200円"},
      {"q=夜勤なし&conditions=bonus", "夜勤なし", "conditions=bonus&q=夜勤なし"},
      {"q=正社員&employment=5", "正社員", "employment=5&q=正社員"},
      {"q=看護師夜勤なし&conditions=bonus", "看護師", "conditions=bonus&q=看護師夜勤なし"},
  };
  for (const auto& c : cases) {
    const ParseOutcome outcome = Read(c.query);
    ASSERT_TRUE(outcome.has_request());
    ASSERT_FALSE(outcome.request.interpretation.empty()) << c.query;
    EXPECT_EQ(outcome.request.interpretation[0].text, c.text);
    for (const InterpretationChip& chip : outcome.request.interpretation) {
      EXPECT_FALSE(chip.is_applied) << c.query;
    }
    EXPECT_EQ(Unescaped(outcome.request.as_parameters), c.as_parameters);
  }
  // Other groups do not stand in the way.
  EXPECT_EQ(Unescaped(AsParameters("q=渋谷 夜勤なし&employment=1")),
            "conditions=no_night_work&employment=1&interpret=off&place=13113,渋谷");
}

TEST(InterpretationRequestTest, TypedWordsStayInTheCanonicalRequest) {
  EXPECT_EQ(Unescaped(Canonical(Read("q=介護 夜勤なし"))), "q=介護 夜勤なし");
  EXPECT_EQ(Unescaped(Canonical(Read("q=介護 夜勤なし&interpret=on"))), "q=介護 夜勤なし");
  const std::string read = AsParameters("q=介護 夜勤なし");
  const ParseOutcome again = Read(Unescaped(read));
  EXPECT_EQ(Canonical(again), read);
  EXPECT_EQ(again.request.as_parameters, read);
  EXPECT_TRUE(again.request.interpretation.empty());
}

TEST(InterpretationRequestTest, ARequestOfFiltersOnlyHasNoScoringWord) {
  EXPECT_EQ(Read("q=夜勤なし").request.sort, Sort::kNew);
  EXPECT_TRUE(Read("q=夜勤なし").request.words.empty());
  EXPECT_EQ(Read("q=夜勤なし 介護").request.sort, Sort::kRelevance);
}

TEST(InterpretationRequestTest, FiltersBelongToTheirFacets) {
  const ParseOutcome outcome = Read("q=渋谷 正社員 時給1200円以上");
  ASSERT_EQ(outcome.request.filters.size(), 3U);
  std::vector<schema::FilterGroup> groups;
  for (const Filter& filter : outcome.request.filters) {
    groups.push_back(filter.group);
  }
  using enum schema::FilterGroup;
  EXPECT_EQ(groups, (std::vector{kEmployment, kPlace, kWageMinima}));
}

TEST(InterpretationRequestTest, AmbiguousPlacesListTheirMeanings) {
  const auto chips = Read("q=府中").request.interpretation;
  ASSERT_EQ(chips.size(), 1U);
  EXPECT_TRUE(chips[0].is_applied);
  EXPECT_EQ(chips[0].meaning.label, "東京都府中市・広島県府中市・広島県府中町・府中駅");
  ASSERT_GE(chips[0].alternatives.size(), 3U);
  EXPECT_EQ(chips[0].alternatives[0], (InterpretedValue{"city", "13206", "東京都府中市"}));
  EXPECT_TRUE(Read("q=渋谷区").request.interpretation[0].alternatives.empty());
}

TEST(InterpretationRequestTest, StationsOfOneNameAreListedByPrefecture) {
  const auto chips = Read("q=日本橋").request.interpretation;
  ASSERT_EQ(chips.size(), 1U);
  EXPECT_EQ(chips[0].meaning, (InterpretedValue{"station", "日本橋", "日本橋駅"}));
  ASSERT_EQ(chips[0].alternatives.size(), 2U);
  EXPECT_EQ(chips[0].alternatives[0].label, "日本橋駅（東京都）");
  EXPECT_EQ(chips[0].alternatives[1].label, "日本橋駅（大阪府）");
}

TEST(InterpretationRequestTest, LabelsAreJapanese) {
  const struct {
    const char* typed;
    const char* label;
  } cases[] = {
      {"夜勤なし", "夜勤なし"},
      {"固定残業代なし", "固定残業代ありを除く"},
      {"時給1200円以上", "時給1,200円以上"},
      {"月20万", "月給20万円以上"},
      {"年収400万〜", "月給33万3,334円以上"},
      {"年間休日120日以上", "年間休日120日以上"},
      {"徒歩10分以内", "駅から徒歩10分以内"},
      {"残業20時間以内", "残業月平均20時間以内"},
      {"正社員", "正社員"},
      {"土日祝休み", "土曜日・日曜日・祝日休み"},
      {"渋谷", "東京都渋谷区・渋谷駅"},
      {"渋谷区", "東京都渋谷区"},
      {"17時まで", "17:00までに終業"},
      {"9時から", "09:00以降に始業"},
      {"関東", "茨城県など7か所"},
      {"看護師", "看護師、准看護師"},
  };
  for (const auto& c : cases) {
    const auto chips = Read("q=" + std::string(c.typed)).request.interpretation;
    ASSERT_FALSE(chips.empty()) << c.typed;
    EXPECT_EQ(chips[0].meaning.label, c.label);
  }
}

// A phrase as typed, with numbers that its line of the lexicon takes.
std::string Typed(const Phrase& phrase, const PhraseMeaning& meaning) {
  std::string text;
  for (const char c : phrase.text) {
    const uint64_t number = text.find_first_of("0123456789") == text.npos ? meaning.minimum : 20;
    text += c == '#' ? std::to_string(std::max<uint64_t>(number, 1)) : std::string(1, c);
  }
  return text;
}

TEST(InterpretationLexiconTest, EveryPhraseMeansValidValues) {
  for (const Phrase& phrase : Phrases()) {
    const PhraseMeaning& meaning = PhraseMeanings()[phrase.meaning];
    const std::string typed = Typed(phrase, meaning);
    const PhraseMatch match = FindPhrase(typed);
    EXPECT_EQ(match.size, typed.size()) << typed;
    EXPECT_EQ(match.values.empty(), meaning.parameters.empty()) << typed;
    for (const NamedValue& value : match.values) {
      const SearchParameter* parameter = FindSearchParameter(value.parameter);
      if (parameter != nullptr) {
        EXPECT_TRUE(
            std::holds_alternative<ParameterValue>(ParseParameterValue(*parameter, value.value)))
            << typed << " " << value.parameter << "=" << value.value;
      }
    }
  }
}

TEST(InterpretationLexiconTest, EveryJobIsAKnownOccupation) {
  for (const OccupationName& name : OccupationNames()) {
    EXPECT_TRUE(ResolveOccupation(name.code)) << name.name;
    EXPECT_EQ(FindOccupation(name.name).code, name.code);
  }
}

}  // namespace
}  // namespace kyujin::query
