#include "engine/text/utf8.h"

#include <gtest/gtest.h>

#include <vector>

namespace kyujin::text {
namespace {

std::u32string Decoded(std::string_view text) {
  std::u32string decoded;
  while (!text.empty()) {
    decoded.push_back(DecodeUtf8(&text));
  }
  return decoded;
}

TEST(Utf8Test, DecodesEveryLength) {
  EXPECT_EQ(Decoded("aé介𠮟"), U"aé介𠮟");
}

bool SurvivesARoundTrip(char32_t c) {
  std::string text;
  AppendUtf8(c, &text);
  const Utf8Char decoded = DecodeUtf8Char(text);
  return decoded.valid && decoded.value == c && decoded.size == text.size();
}

TEST(Utf8Test, EveryCodePointSurvivesARoundTrip) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
    ASSERT_NE(SurvivesARoundTrip(c), is_surrogate) << static_cast<uint32_t>(c);
  }
}

TEST(Utf8Test, BrokenBytesBecomeOneReplacementPerMaximalSequence) {
  EXPECT_EQ(Decoded("\x80z"), U"\uFFFDz");
  EXPECT_EQ(Decoded("\xE3\x81z"), U"\uFFFDz");                // cut short
  EXPECT_EQ(Decoded("\xF0\x9F\x98z"), U"\uFFFDz");            // cut short
  EXPECT_EQ(Decoded("\xF0\x9F\x98"), U"\uFFFD");              // cut by the end
  EXPECT_EQ(Decoded("\xC0\xAF"), U"\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(Decoded("\xE0\x80\x80"), U"\uFFFD\uFFFD\uFFFD");  // overlong
  EXPECT_EQ(Decoded("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");  // surrogate
  EXPECT_EQ(Decoded("\xF4\x90\x80\x80").size(), 4U);          // past U+10FFFF
}

TEST(Utf8Test, ValidityTellsBrokenFromReplacementCharacter) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain ASCII of more than eight bytes"));
  EXPECT_TRUE(IsValidUtf8("看護師 \uFFFD 𠮟 nurse"));
  EXPECT_FALSE(IsValidUtf8("12345678\x80"));
  EXPECT_FALSE(IsValidUtf8("看護\xE5\xB8"));
  EXPECT_FALSE(IsValidUtf8("\xED\xBF\xBF"));
}

TEST(Utf8Test, CountsAndCutsByCodePoints) {
  EXPECT_EQ(CountCodePoints("a介𠮟"), 3U);
  EXPECT_EQ(FirstCodePoints("a介𠮟", 2), "a介");
  EXPECT_EQ(FirstCodePoints("a介𠮟", 0), "");
  EXPECT_EQ(FirstCodePoints("a介𠮟", 9), "a介𠮟");
}

TEST(Utf8Test, CutsByBytesWithoutCuttingACodePoint) {
  EXPECT_EQ(FirstBytes("介護", 6), "介護");
  EXPECT_EQ(FirstBytes("介護", 5), "介");
  EXPECT_EQ(FirstBytes("介護", 3), "介");
  EXPECT_EQ(FirstBytes("介護", 2), "");
  EXPECT_EQ(FirstBytes("a𠮟", 4), "a");
}

TEST(Utf8Test, TellsJapaneseClassesApart) {
  EXPECT_TRUE(IsHiragana(U'あ') && !IsHiragana(U'ア') && !IsHiragana(U'ー'));
  EXPECT_TRUE(IsKatakana(U'ア') && IsKatakana(U'ー') && IsKatakana(U'ｱ') && !IsKatakana(U'・'));
  EXPECT_TRUE(IsKanji(U'介') && IsKanji(U'々') && IsKanji(U'𠮟') && !IsKanji(U'。'));
}

}  // namespace
}  // namespace kyujin::text
