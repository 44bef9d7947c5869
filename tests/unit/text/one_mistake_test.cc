#include "engine/text/one_mistake.h"

#include <gtest/gtest.h>

namespace kyujin::text {
namespace {

TEST(OneMistakeTest, WholeWords) {
  const std::pair<const char*, const char*> near[] = {
      {"介護福祉士", "介護福士"},      // one left out
      {"介護福祉士", "介護福祉祉士"},  // one too many
      {"介護福祉士", "介護服祉士"},    // one wrong
      {"介護福祉士", "介福護祉士"},    // two swapped
      {"看護師", "護師"},
      {"看護師", "看護"},
      {"ab", "ba"},
      {"a", ""},
  };
  for (const auto& [a, b] : near) {
    EXPECT_TRUE(IsOneMistakeAway(a, b)) << a << ' ' << b;
    EXPECT_TRUE(IsOneMistakeAway(b, a)) << a << ' ' << b;
  }
  const std::pair<const char*, const char*> far[] = {{"介護福祉士", "介護福祉士"},
                                                     {"介護福祉士", "看護福士"},
                                                     {"介護福祉士", "介護士"},
                                                     {"abc", "cba"},
                                                     {"", ""},
                                                     {"abcd", "badc"}};
  for (const auto& [a, b] : far) {
    EXPECT_FALSE(IsOneMistakeAway(a, b)) << a << ' ' << b;
    EXPECT_FALSE(IsOneMistakeAway(b, a)) << a << ' ' << b;
  }
}

TEST(OneMistakeTest, StartsOfWords) {
  EXPECT_TRUE(StartsOneMistakeAway("介護福祉士", "介護福祉"));
  EXPECT_TRUE(StartsOneMistakeAway("介護福祉士", "介護服祉"));
  EXPECT_TRUE(StartsOneMistakeAway("介護福祉士", "介福護祉"));
  EXPECT_TRUE(StartsOneMistakeAway("kangosi", "kanogs"));
  EXPECT_TRUE(StartsOneMistakeAway("kangosi", "knag"));
  EXPECT_TRUE(StartsOneMistakeAway("kangosi", "kagosi"));
  EXPECT_FALSE(StartsOneMistakeAway("介護福祉士", "看護服祉"));
  EXPECT_FALSE(StartsOneMistakeAway("介護", "介護福祉士"));
}

}  // namespace
}  // namespace kyujin::text
