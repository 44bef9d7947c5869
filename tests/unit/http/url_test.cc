#include "server/http/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kyujin::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(ParseQueryTest, KeepsOrderAndRepeatedNames) {
  const auto pairs = ParseQuery("pref=13&q=a&pref=14");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("pref", "13"), Pair("q", "a"), Pair("pref", "14")));
}

TEST(ParseQueryTest, DecodesJapaneseSpacesAndPluses) {
  const auto pairs = ParseQuery("q=%E7%9C%8B%E8%AD%B7%e5%b8%ab+C%2B%2B%20x");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("q", "看護師 C++ x")));
}

TEST(ParseQueryTest, DecodesNames) {
  const auto pairs = ParseQuery("%71_mode=or");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("q_mode", "or")));
}

TEST(ParseQueryTest, DecodesOnceOnly) {
  const auto pairs = ParseQuery("q=%2541");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("q", "%41")));
}

TEST(ParseQueryTest, SkipsEmptyPieces) {
  const auto pairs = ParseQuery("&&a=1&&b&c=&");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("a", "1"), Pair("b", ""), Pair("c", "")));
}

TEST(ParseQueryTest, EmptyQueryHasNoPairs) {
  const auto pairs = ParseQuery("");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_TRUE(pairs->empty());
}

TEST(ParseQueryTest, SplitsAtTheFirstEqualsSign) {
  const auto pairs = ParseQuery("q=a=b");
  ASSERT_TRUE(pairs.has_value());
  EXPECT_THAT(*pairs, ElementsAre(Pair("q", "a=b")));
}

TEST(ParseQueryTest, TakesAsManyPairsAsAllowedAndNoMore) {
  std::string query;
  for (size_t i = 0; i < kMaxQueryPairs; ++i) {
    query += "a=1&";
  }
  ASSERT_TRUE(ParseQuery(query).has_value());
  const auto pairs = ParseQuery(query + "a=1");
  ASSERT_FALSE(pairs.has_value());
  EXPECT_EQ(pairs.error().code, ErrorCode::kInvalidArgument);
}

TEST(ParseQueryTest, NamesTheByteOfTheFault) {
  const auto pairs = ParseQuery("a=1&bb=x%zz");
  ASSERT_FALSE(pairs.has_value());
  EXPECT_THAT(pairs.error().message, HasSubstr("at byte 8"));
}

class BadQueryTest : public testing::TestWithParam<const char*> {};

TEST_P(BadQueryTest, IsRefused) {
  const auto pairs = ParseQuery(GetParam());
  ASSERT_FALSE(pairs.has_value());
  EXPECT_EQ(pairs.error().code, ErrorCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Forms,
                         BadQueryTest,
                         testing::Values("q=%",
                                         "q=%4",
                                         "q=%G1",
                                         "q=%1G",
                                         "q=%%41",
                                         "q=% 41",
                                         "%=1",
                                         "q=a%00b",
                                         "=value",
                                         "q=%FF",
                                         "q=%C0%80",           // overlong NUL
                                         "q=%E0%80%AF",        // overlong '/'
                                         "q=%ED%A0%80",        // surrogate
                                         "q=%F4%90%80%80",     // above U+10FFFF
                                         "q=%F8%88%80%80%80",  // five bytes
                                         "q=%E7%9C",           // cut short
                                         "q=%80",              // no lead byte
                                         "q=%E7%9C%8B%E8",
                                         "%E7=1"));

TEST(DecodePathSegmentTest, KeepsPlusAndDecodesEscapes) {
  const auto text = DecodePathSegment("a+b%20%E6%B1%82%2F");
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(*text, "a+b 求/");
}

TEST(DecodePathSegmentTest, RefusesWhatIsNoText) {
  EXPECT_FALSE(DecodePathSegment("%00").has_value());
  EXPECT_FALSE(DecodePathSegment("%c3%28").has_value());
  EXPECT_FALSE(DecodePathSegment("a%2").has_value());
}

TEST(IsValidUtf8Test, TakesTheFirstAndLastCharacterOfEachLength) {
  EXPECT_TRUE(IsValidUtf8(std::string_view("\0\x7F", 2)));
  EXPECT_TRUE(IsValidUtf8("\xC2\x80\xDF\xBF"));
  EXPECT_TRUE(IsValidUtf8("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  EXPECT_TRUE(IsValidUtf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

}  // namespace
}  // namespace kyujin::http
