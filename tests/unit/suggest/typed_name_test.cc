#include "engine/suggest/typed_name.h"

#include <gtest/gtest.h>

namespace kyujin::suggest {
namespace {

class TypedNameTest : public testing::Test {
 protected:
  TypedNameTest() {
    names_.Add("看護師", "かんごし", 0);
    names_.Add("神奈川県", "かながわけん", 1);
    names_.Add("介護福祉士", "かいごふくしし", 2);
    names_.Add("フォークリフト", "ふぉーくりふと", 3);
    names_.Add("ＣＡＤオペレーター", "", 4);
    names_.Add("東京都", "とうきょうと", 5);
    names_.Finish();
  }

  NameIndex names_;
};

using Ids = std::vector<uint32_t>;

TEST_F(TypedNameTest, FindsByKanjiKanaAndLetters) {
  const std::pair<const char*, Ids> cases[] = {
      {"看", {0}},       {"かん", {0}},     {"カンゴ", {0}},     {"ｶﾝｺﾞ", {0}},
      {"kan", {0, 1}},   {"kango", {0}},    {"KANGOSHI", {0}},   {"かんg", {0}},
      {"か", {0, 1, 2}}, {"k", {0, 1, 2}},  {"cad", {4}},        {"ＣＡＤおぺ", {4}},
      {"ふぉーく", {3}}, {"フォーク", {3}}, {"fo-ku", {3}},      {"foku", {3}},
      {"tokyo", {5}},    {"toukyou", {5}},  {"介 護", {2}},      {"護", {}},
      {"kangos", {0}},   {"看護師長", {}},  {"とうきょう", {5}},
  };
  for (const auto& [typed, ids] : cases) {
    EXPECT_EQ(TypedName(typed).Find(names_), ids) << typed;
  }
}

TEST_F(TypedNameTest, ForgivesOneMistake) {
  const std::pair<const char*, Ids> cases[] = {
      {"kangsohi", {}},  // two swapped with one between them are two mistakes
      {"kagnosi", {0}},
      {"kanboshi", {0}},
      {"介護福士", {2}},
      {"介護服祉士", {2}},
      {"かごふくし", {2}},
      {"介護福祉師士", {2}},
      {"東亰都民", {}},
  };
  for (const auto& [typed, ids] : cases) {
    EXPECT_EQ(TypedName(typed).FindNear(names_, /*everywhere=*/true), ids) << typed;
  }
  EXPECT_FALSE(TypedName("看護").may_be_mistaken());
  EXPECT_TRUE(TypedName("かいごし").may_be_mistaken());
}

TEST_F(TypedNameTest, LooksAtFewNamesWhenTheFirstHalfMustBeRight) {
  EXPECT_EQ(TypedName("介護福士").FindNear(names_, /*everywhere=*/false), Ids{2});
  EXPECT_EQ(TypedName("看護福祉").FindNear(names_, /*everywhere=*/false), Ids{});
}

TEST_F(TypedNameTest, WholeNames) {
  EXPECT_TRUE(TypedName("看護師").IsWhole(names_, 0));
  EXPECT_TRUE(TypedName("カンゴシ").IsWhole(names_, 0));
  EXPECT_FALSE(TypedName("看護").IsWhole(names_, 0));
  EXPECT_FALSE(TypedName("看護師").IsWhole(names_, 1));
  EXPECT_TRUE(TypedName("　").empty());
}

}  // namespace
}  // namespace kyujin::suggest
