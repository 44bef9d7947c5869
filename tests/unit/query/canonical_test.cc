#include <gtest/gtest.h>

#include <random>

#include "engine/query/search_parameter.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"
#include "tests/unit/query/request_reader.h"

namespace kyujin::query {
namespace {

struct Case {
  const char* query;
  const char* canonical;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.query;
}

class CanonicalTest : public testing::TestWithParam<Case> {};

TEST_P(CanonicalTest, Is) {
  EXPECT_EQ(Canonical(Read(GetParam().query)), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Requests,
    CanonicalTest,
    testing::Values(
        Case{"", ""},
        Case{"pref=14,13", "pref=13,14"},
        Case{"pref=13&pref=14&pref=13", "pref=13,14"},
        Case{"pref=１３，１４", "pref=13,14"},
        Case{"pref= 13 ,, 14,", "pref=13,14"},
        Case{"pref=&city=&q=&sort=&limit=&monthly_min=&received_from=&cursor=", ""},
        Case{"q=&q=Java", "q=Java"},
        Case{"q=　", ""},
        Case{"sort=new&pref=13", "pref=13"},
        Case{"q=Java&sort=relevance", "q=Java"},
        Case{"q=Java&sort=new", "q=Java&sort=new"},
        Case{"sort=relevance", ""},
        Case{"q_mode=and&interpret=on&partial=auto&wage_basis=fixed_allowances", ""},
        Case{"q_mode=or&interpret=off&partial=never&wage_basis=base",
             "interpret=off&partial=never&q_mode=or&wage_basis=base"},
        Case{"q_in=title,employer,description,station,workplace,business,licence,experience,other",
             ""},
        Case{"q_in=title", "q_in=title"},
        Case{"limit=5&offset=7", ""},
        Case{"monthly_min=０２０００００", "monthly_min=200000"},
        Case{"received_from=２０２６－１１－１", "received_from=2026-11-01"},
        Case{"received_from=2026/11/1", "received_from=2026-11-01"},
        Case{"number=１３０１０ー１２３４５６７８", "number=13010-12345678"},
        Case{"number=1301012345678,13010−12345678", "number=13010-12345678"},
        Case{"conditions=remote，－new,−bonus", "conditions=-bonus,-new,remote"},
        Case{"occupation=０６７−０１", "occupation=067-01"},
        Case{"industry=Ｐ", "industry=P"},
        Case{"q=ＪＡＶＡ　　－ＰＨＰ", "q=JAVA%20-PHP"},
        Case{"q=a b", "q=a%20b"},
        Case{"q=50%2B", "q=50%252B"},
        Case{"q=介護", "q=%E4%BB%8B%E8%AD%B7"},
        Case{"q_not=“a　b”", "q_not=%22a%20b%22"},
        Case{"fields=title,number,title", "fields=number,title"},
        Case{"facets=received,pref", "facets=pref,received"}));

// Values to draw random requests from, several ways to write each.
struct Variants {
  const char* name;
  std::vector<std::vector<const char*>> values;
};

const std::vector<Variants> kVariants = {
    {"pref", {{"13", "１３", " 13"}, {"14", "１４", "1４"}, {"27", "２７　"}}},
    {"city", {{"13113", "１３１１３"}, {"22138", "22131", "２２１３２"}}},
    {"employment", {{"1", "１"}, {"5", "５ "}}},
    {"conditions", {{"remote", "ｒｅｍｏｔｅ"}, {"-bonus", "－bonus", "−ｂonus", "ーbonus"}}},
    {"occupation", {{"067-01", "０６７－０１", "067‐01"}, {"12", "１２"}}},
    {"industry", {{"P", "Ｐ"}, {"83", "８３"}}},
    {"number",
     {{"13010-12345678", "1301012345678", "１３０１０−１２３４５６７８"}, {"27010-00000001"}}},
    {"work_system", {{"shift", "ｓｈｉｆｔ"}, {"-fixed", "－fixed"}}},
    {"monthly_min", {{"200000", "２０００００", "0200000"}}},
    {"q", {{"介護 OR 看護 -夜勤", "介護　ＯＲ　看護　－夜勤", " 介護 OR  看護 −夜勤 "}}},
    {"sort", {{"wage_min", "ｗａｇｅ＿ｍｉｎ"}}},
    {"facets", {{"pref", "ｐｒｅｆ"}, {"received"}}},
};

TEST(CanonicalTest, DoesNotDependOnOrderDuplicatesOrWidth) {
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    ParameterPairs plain;
    ParameterPairs varied;
    for (const Variants& parameter : kVariants) {
      if (random() % 2 == 0) {
        continue;
      }
      const bool is_list = FindSearchParameter(parameter.name)->cardinality != Cardinality::kSingle;
      for (const auto& ways : parameter.values) {
        plain.emplace_back(parameter.name, ways[0]);
        for (uint64_t times = is_list ? 1 + random() % 3 : 1; times > 0; --times) {
          varied.emplace_back(parameter.name, ways[random() % ways.size()]);
        }
      }
    }
    std::shuffle(varied.begin(), varied.end(), random);
    text::Analyzer analyzer = MakeAnalyzer();
    const std::string expected = Canonical(ParseSearchParameters(plain, &analyzer));
    ASSERT_EQ(Canonical(ParseSearchParameters(varied, &analyzer)), expected) << "run " << i;
  }
}

TEST(CanonicalTest, RequestsThatDifferHaveDifferentBytes) {
  EXPECT_NE(Canonical(Read("pref=13")), Canonical(Read("pref=14")));
  EXPECT_NE(Canonical(Read("pref=13")), Canonical(Read("city=13101")));
  EXPECT_NE(Canonical(Read("q=a b")), Canonical(Read("q=\"a b\"")));
  EXPECT_NE(Canonical(Read("q=a%26pref%3D13")), Canonical(Read("q=a&pref=13")));
  EXPECT_NE(Canonical(Read("holidays_min=0")), Canonical(Read("")));
  EXPECT_NE(Canonical(Read("facets=pref")), Canonical(Read("")));
}

}  // namespace
}  // namespace kyujin::query
