#include "engine/query/query_syntax.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace kyujin::query {
namespace {

// Shows words in one line: [看護師] is a word, "…" a phrase, - excludes, | joins by OR.
std::string Show(const std::vector<SyntaxWord>& words) {
  std::string text;
  for (const SyntaxWord& word : words) {
    text += word.joined ? "|" : "";
    text += word.excluded ? "-" : "";
    text += word.quoted ? "\"" + word.text + "\"" : "[" + word.text + "]";
  }
  return text;
}

struct Case {
  const char* typed;
  const char* words;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.typed;
}

class QuerySyntaxTest : public testing::TestWithParam<Case> {};

TEST_P(QuerySyntaxTest, Reads) {
  EXPECT_EQ(Show(ParseQuerySyntax(GetParam().typed)), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(Words,
                         QuerySyntaxTest,
                         testing::Values(Case{"", ""},
                                         Case{"   ", ""},
                                         Case{"　", ""},
                                         Case{"看護師", "[看護師]"},
                                         Case{"看護師 夜勤", "[看護師][夜勤]"},
                                         Case{"看護師　夜勤", "[看護師][夜勤]"},
                                         Case{" 　看護師 　 夜勤　 ", "[看護師][夜勤]"},
                                         Case{"Ｊａｖａ", "[Java]"},
                                         Case{"ｶｲｺﾞ", "[カイゴ]"},
                                         Case{"C++", "[C++]"},
                                         Case{"a,b、c", "[a,b、c]"},
                                         Case{"看護師\t夜勤", "[看護師\t夜勤]"}));

INSTANTIATE_TEST_SUITE_P(Negatives,
                         QuerySyntaxTest,
                         testing::Values(Case{"-夜勤", "-[夜勤]"},
                                         Case{"－夜勤", "-[夜勤]"},
                                         Case{"−夜勤", "-[夜勤]"},
                                         Case{"看護師 -夜勤", "[看護師]-[夜勤]"},
                                         Case{"看護師　－夜勤", "[看護師]-[夜勤]"},
                                         Case{"-夜勤 -残業", "-[夜勤]-[残業]"},
                                         Case{"-\"夜勤 あり\"", "-\"夜勤 あり\""},
                                         Case{"wi-fi", "[wi-fi]"},
                                         Case{"看護師-夜勤", "[看護師-夜勤]"},
                                         Case{"-", "[-]"},
                                         Case{"- 夜勤", "[-][夜勤]"},
                                         Case{"−", "[−]"},
                                         Case{"--夜勤", "-[-夜勤]"},
                                         Case{"‐夜勤", "[‐夜勤]"},
                                         Case{"ー夜勤", "[ー夜勤]"}));

INSTANTIATE_TEST_SUITE_P(Phrases,
                         QuerySyntaxTest,
                         testing::Values(Case{"\"夜勤 なし\"", "\"夜勤 なし\""},
                                         Case{"\"夜勤なし\"", "\"夜勤なし\""},
                                         Case{"＂夜勤 なし＂", "\"夜勤 なし\""},
                                         Case{"“夜勤 なし”", "\"夜勤 なし\""},
                                         Case{"”夜勤 なし”", "\"夜勤 なし\""},
                                         Case{"“夜勤 なし\"", "\"夜勤 なし\""},
                                         Case{"\" 夜勤　　なし \"", "\"夜勤 なし\""},
                                         Case{"\"\"", ""},
                                         Case{"\"  \" a", "[a]"},
                                         Case{"-\"\" a", "[a]"},
                                         Case{"\"a b\"c", "\"a b\"[c]"},
                                         Case{"\"a b\"\"c d\"", "\"a b\"\"c d\""},
                                         Case{"\"a b\"-c", "\"a b\"-[c]"},
                                         Case{"\"a OR b\"", "\"a OR b\""},
                                         Case{"\"a -b\"", "\"a -b\""},
                                         Case{"\"OR\"", "\"OR\""},
                                         Case{"\"夜勤", "[\"夜勤]"},
                                         Case{"夜勤\"", "[夜勤\"]"},
                                         Case{"19\"モニタ", "[19\"モニタ]"},
                                         Case{"a\"b c\"d", "[a\"b][c\"d]"},
                                         Case{"\"", "[\"]"},
                                         Case{"-\"", "-[\"]"}));

INSTANTIATE_TEST_SUITE_P(Or,
                         QuerySyntaxTest,
                         testing::Values(Case{"介護 OR 看護", "[介護]|[看護]"},
                                         Case{"介護　ＯＲ　看護", "[介護]|[看護]"},
                                         Case{"介護 OR 看護 夜勤", "[介護]|[看護][夜勤]"},
                                         Case{"夜勤 介護 OR 看護", "[夜勤][介護]|[看護]"},
                                         Case{"a OR b OR c", "[a]|[b]|[c]"},
                                         Case{"a OR b c OR d", "[a]|[b][c]|[d]"},
                                         Case{"\"a b\" OR \"c d\"", "\"a b\"|\"c d\""},
                                         Case{"\"a b\"OR \"c d\"", "\"a b\"|\"c d\""},
                                         Case{"介護 or 看護", "[介護][or][看護]"},
                                         Case{"介護 Or 看護", "[介護][Or][看護]"},
                                         Case{"介護OR看護", "[介護OR看護]"},
                                         Case{"OR", ""},
                                         Case{"OR 介護", "[介護]"},
                                         Case{"介護 OR", "[介護]"},
                                         Case{"介護 OR OR 看護", "[介護]|[看護]"},
                                         Case{"介護 OR -看護", "[介護]-[看護]"},
                                         Case{"-介護 OR 看護", "-[介護][看護]"},
                                         Case{"a OR -b OR c", "[a]-[b][c]"},
                                         Case{"-OR", "-[OR]"},
                                         Case{"a OR \"\" b", "[a]|[b]"}));

TEST(QuerySyntaxTest, ExcludedWordsHaveNoSyntaxButPhrases) {
  EXPECT_EQ(Show(ParseExcludedSyntax("夜勤　残業")), "[夜勤][残業]");
  EXPECT_EQ(Show(ParseExcludedSyntax("\"夜勤 あり\" 残業")), "\"夜勤 あり\"[残業]");
  EXPECT_EQ(Show(ParseExcludedSyntax("夜勤 OR 残業")), "[夜勤][残業]");
  EXPECT_EQ(Show(ParseExcludedSyntax("-夜勤")), "[-夜勤]");
}

TEST(QuerySyntaxTest, FormatsOneTextForOneMeaning) {
  EXPECT_EQ(FormatQuery(ParseQuerySyntax("　看護師 　－夜勤  “土日　休み”")),
            "看護師 -夜勤 \"土日 休み\"");
  EXPECT_EQ(FormatQuery(ParseQuerySyntax("介護 ＯＲ 看護")), "介護 OR 看護");
  EXPECT_EQ(FormatQuery(ParseQuerySyntax("OR 介護")), "介護");
}

TEST(QuerySyntaxTest, WhatIsFormattedReadsAsTheSameWords) {
  const std::vector<std::string> pieces = {"a",
                                           "介護",
                                           " ",
                                           "　",
                                           "-",
                                           "−",
                                           "－",
                                           "\"",
                                           "“",
                                           "”",
                                           "＂",
                                           "OR",
                                           " OR ",
                                           "ー",
                                           "Ａ",
                                           "=",
                                           "\t"};
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string typed;
    for (uint64_t length = random() % 12; length > 0; --length) {
      typed += pieces[random() % pieces.size()];
    }
    const auto words = ParseQuerySyntax(typed);
    ASSERT_EQ(Show(ParseQuerySyntax(FormatQuery(words))), Show(words)) << typed;
    const auto excluded = ParseExcludedSyntax(typed);
    ASSERT_EQ(Show(ParseExcludedSyntax(FormatQuery(excluded))), Show(excluded)) << typed;
  }
}

}  // namespace
}  // namespace kyujin::query
