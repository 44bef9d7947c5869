#include "engine/query/query_parser.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/query/shared_analyzer.h"

namespace kyujin::query {
namespace {

std::string Show(const Word& word) {
  std::string text;
  for (const WordForm::Part& part : word.forms.at(0).parts) {
    text += text.empty() ? "" : "+";
    text += part.term + "@" + std::to_string(part.offset);
  }
  return word.quoted ? "\"" + text + "\"" : text;
}

std::string Show(const WordQuery& query) {
  std::string text;
  for (const WordClause& clause : query.clauses) {
    text += text.empty() ? "" : " & ";
    for (size_t i = 0; i < clause.alternatives.size(); ++i) {
      text += (i == 0 ? "" : " | ") + Show(clause.alternatives[i]);
    }
  }
  for (const Word& word : query.excluded) {
    text += " !" + Show(word);
  }
  return text;
}

WordQuery Build(std::string_view q, std::string_view q_not = "", bool joins_words = false) {
  text::Analyzer analyzer = MakeAnalyzer();
  QueryText text;
  text.words = ParseQuerySyntax(q);
  text.excluded_words = ParseExcludedSyntax(q_not);
  text.joins_words = joins_words;
  return BuildWordQuery(text, &analyzer);
}

TEST(QueryParserTest, WordsAreClauses) {
  EXPECT_EQ(Show(Build("介護 夜勤")), "介護@0 & 夜勤@0");
  EXPECT_EQ(Show(Build("JAVA")), "java@0");
  EXPECT_EQ(Show(Build("")), "");
}

TEST(QueryParserTest, AWordOfSeveralTokensIsAPhrase) {
  const WordQuery query = Build("java介護");
  ASSERT_EQ(query.clauses.size(), 1U);
  const Word& word = query.clauses[0].alternatives[0];
  EXPECT_EQ(word.text, "java介護");
  EXPECT_FALSE(word.quoted);
  ASSERT_EQ(word.forms.size(), 1U);
  const WordForm& form = word.forms[0];
  EXPECT_EQ(form.kind, MatchKind::kWord);
  EXPECT_EQ(form.weight, kFullWeight);
  ASSERT_EQ(form.parts.size(), 2U);
  EXPECT_EQ(form.parts[0].offset, 0U);
  EXPECT_EQ(form.parts[1].offset, 1U);
}

TEST(QueryParserTest, OffsetsFollowTheAnalyzer) {
  EXPECT_EQ(Show(Build("\"介護 夜勤\"")), "\"介護@0+夜勤@1\"");
  EXPECT_EQ(Show(Build("\"★介護・夜勤\"")), "\"介護@0+夜勤@2\"");
}

TEST(QueryParserTest, OrMakesOneClause) {
  EXPECT_EQ(Show(Build("介護 OR 夜勤 東京")), "介護@0 | 夜勤@0 & 東京@0");
}

TEST(QueryParserTest, OrModeJoinsAllScoringWords) {
  EXPECT_EQ(Show(Build("介護 夜勤 OR 東京 -java", "", true)), "介護@0 | 夜勤@0 | 東京@0 !java@0");
  EXPECT_EQ(Show(Build("-java", "", true)), " !java@0");
}

TEST(QueryParserTest, NegativesComeFromBothParameters) {
  EXPECT_EQ(Show(Build("介護 -夜勤", "東京 \"java script\"")),
            "介護@0 !夜勤@0 !東京@0 !\"java@0+script@1\"");
  EXPECT_FALSE(Build("-夜勤").has_scoring_words());
  EXPECT_FALSE(Build("-夜勤").empty());
}

TEST(QueryParserTest, WordsWithoutTokensAreDroppedBesideOthers) {
  EXPECT_TRUE(Build("-◆", "●").empty());
  EXPECT_EQ(Show(Build("介護 ★ 夜勤")), "介護@0 & 夜勤@0");
  EXPECT_EQ(Show(Build("介護 OR ★")), "介護@0");
  EXPECT_EQ(Show(Build("介護 ★ OR 夜勤")), "介護@0 & 夜勤@0");
}

// An emoji is not a wish for everything there is.
TEST(QueryParserTest, WordsWithoutTokensAloneAreFoundNowhere) {
  EXPECT_EQ(Show(Build("★ ！？ -◆", "●")), "\"∅@0\"");
  EXPECT_FALSE(Build("★").has_scoring_words());
  EXPECT_TRUE(Build("\u200B").empty());
}

TEST(QueryParserTest, KeepsFields) {
  text::Analyzer analyzer = MakeAnalyzer();
  QueryText text;
  text.fields = 5;
  EXPECT_EQ(BuildWordQuery(text, &analyzer).fields, 5);
}

}  // namespace
}  // namespace kyujin::query
