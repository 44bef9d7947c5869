// The forms that count as a word: readings and synonyms, and where there must be none.
#include "engine/query/word_expander.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/query/synonym_table.h"
#include "tests/unit/query/shared_analyzer.h"

namespace kyujin::query {
namespace {

class WordExpanderTest : public testing::Test {
 protected:
  Word Expand(std::string_view text, bool quoted = false, bool excluded = false) {
    WordExpander expander(&analyzer_);
    return expander.Expand({std::string(text), quoted, excluded, false}).value_or(Word{});
  }

  // Whether a form of `word` is what `text` is analysed as.
  bool Has(const Word& word, std::string_view text, MatchKind kind) {
    const Word wanted = Expand(text, true);
    return std::any_of(word.forms.begin(), word.forms.end(), [&](const WordForm& form) {
      return form.kind == kind && std::equal(form.parts.begin(),
                                             form.parts.end(),
                                             wanted.forms[0].parts.begin(),
                                             wanted.forms[0].parts.end(),
                                             [](const auto& a, const auto& b) {
                                               return a.term == b.term && a.offset == b.offset;
                                             });
    });
  }

  text::Analyzer analyzer_ = MakeAnalyzer();
};

TEST_F(WordExpanderTest, Synonyms) {
  const std::pair<const char*, const char*> cases[] = {
      {"ナース", "看護師"},
      {"看護師", "ナース"},
      {"リモートワーク", "在宅勤務"},
      {"テレワーク", "在宅勤務"},
      {"在宅勤務", "テレワーク"},
      {"みなし残業", "固定残業代"},
      {"SE", "システムエンジニア"},
      {"se", "システムエンジニア"},
      {"ＳＥ", "システムエンジニア"},
      {"PG", "プログラマー"},
      {"ケアマネ", "介護支援専門員"},
      {"ドライバー", "トラック運転手"},
      {"サーバーエンジニア", "インフラエンジニア"}};
  for (const auto& [typed, found] : cases) {
    EXPECT_TRUE(Has(Expand(typed), found, MatchKind::kSynonym)) << typed << " " << found;
  }
  EXPECT_FALSE(Has(Expand("トラック運転手"), "ドライバー", MatchKind::kSynonym)) << "narrower only";
}

TEST_F(WordExpanderTest, Readings) {
  const std::pair<const char*, const char*> cases[] = {{"かいご", "介護"},
                                                       {"カイゴ", "介護"},
                                                       {"ｶｲｺﾞ", "介護"},
                                                       {"kaigo", "介護"},
                                                       {"KAIGO", "介護"},
                                                       {"kangoshi", "看護師"},
                                                       {"ひっこし", "引っ越し"},
                                                       {"hikkoshi", "引っ越し"},
                                                       {"しぶや", "渋谷"},
                                                       {"shibuya", "渋谷"},
                                                       {"tokyo", "東京"}};
  for (const auto& [typed, found] : cases) {
    EXPECT_TRUE(Has(Expand(typed), found, MatchKind::kReading)) << typed << " " << found;
  }
  EXPECT_TRUE(Has(Expand("めがね"), "メガネ", MatchKind::kReading));
  EXPECT_FALSE(Has(Expand("kaigo"), "会合", MatchKind::kReading)) << "かいご is read exactly so";
  EXPECT_EQ(Expand("pt").forms.size(), 2U) << "two letters are an abbreviation";
}

TEST_F(WordExpanderTest, TheTypedFormIsFirstAndWorthMost) {
  for (const char* typed : {"かいご", "看護師", "kaigo", "SE", "ドライバー", "パソコン"}) {
    const Word word = Expand(typed);
    EXPECT_EQ(word.forms[0].kind, MatchKind::kWord);
    EXPECT_GE(word.forms[0].weight, kFullWeight);
    EXPECT_GT(word.forms.size(), 1U) << typed;
    EXPECT_LE(word.forms.size(), kMaxForms);
    for (size_t i = 1; i < word.forms.size(); ++i) {
      EXPECT_LT(word.forms[i].weight, kFullWeight);
      EXPECT_FALSE(word.forms[i].parts.empty());
    }
  }
}

TEST_F(WordExpanderTest, KanaAsTypedIsWorthFarMoreThanWhatItMayBe) {
  for (const char* typed : {"めがね", "カイゴ", "kaigo"}) {
    EXPECT_EQ(Expand(typed).forms[0].weight, kAsTypedWeight) << typed;
  }
  for (const char* typed : {"エステ", "看護師", "SE"}) {
    EXPECT_EQ(Expand(typed).forms[0].weight, kFullWeight) << typed << " is no reading of another";
  }
}

TEST_F(WordExpanderTest, KanaIsNotCutIntoParticles) {
  // Analysis takes かいご for か, い and ご, ナース in hiragana for する.
  for (const char* typed : {"かいご", "ナース", "kangoshi", "かんごし"}) {
    for (const WordForm& form : Expand(typed).forms) {
      for (const WordForm::Part& part : form.parts) {
        EXPECT_NE(part.term, "ご") << typed;
        EXPECT_NE(part.term, "する") << typed;
      }
    }
  }
}

TEST_F(WordExpanderTest, QuotedAndExcludedWordsAreTakenAsTheyAre) {
  for (const char* typed : {"ナース", "かいご", "kaigo"}) {
    EXPECT_EQ(Expand(typed, true).forms.size(), 1U) << typed;
    EXPECT_EQ(Expand(typed, false, true).forms.size(), 1U) << typed;
  }
}

TEST_F(WordExpanderTest, WordsWithoutTokensAreNone) {
  WordExpander expander(&analyzer_);
  EXPECT_FALSE(expander.Expand({"★", false, false, false}).has_value());
}

TEST(SynonymTableTest, FindsByAnySpellingOfTheKey) {
  for (const char* typed : {"サーバーエンジニア", "ｻｰﾊﾞｰｴﾝｼﾞﾆｱ", "サーバー・エンジニア"}) {
    EXPECT_FALSE(SynonymsOf(typed).empty()) << typed;
  }
  EXPECT_TRUE(SynonymsOf("宇宙飛行士").empty());
  EXPECT_TRUE(SynonymsOf("").empty());
}

TEST(SynonymTableTest, HasManyGroupsAndNoWordFindsItself) {
  EXPECT_GE(SynonymGroups().size(), 400U);
  for (const SynonymEntry& entry : SynonymEntries()) {
    for (const Synonym& synonym : SynonymsOf(entry.key)) {
      EXPECT_NE(synonym.text, entry.key);
      EXPECT_LT(synonym.weight, kFullWeight);
    }
  }
}

TEST(SynonymTableTest, WhatHwisKeepsApartIsApart) {
  const std::pair<const char*, const char*> traps[] = {{"パート", "アルバイト"},
                                                       {"看護師", "准看護師"},
                                                       {"看護", "介護"},
                                                       {"正社員", "契約社員"},
                                                       {"ドライバー", "ねじ回し"},
                                                       {"営業", "営業事務"}};
  for (const auto& [a, b] : traps) {
    for (const auto& [typed, other] : {std::pair(a, b), std::pair(b, a)}) {
      for (const Synonym& synonym : SynonymsOf(typed)) {
        EXPECT_NE(synonym.text, other) << typed;
      }
    }
  }
}

}  // namespace
}  // namespace kyujin::query
