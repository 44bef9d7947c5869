#include "engine/text/normalizer.h"

#include <gtest/gtest.h>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

TEST(FoldWidthTest, FoldsWidthButNotCase) {
  EXPECT_EQ(FoldWidth("Ｗｅｂ１２３（ＡＢ）"), "Web123(AB)");
  EXPECT_EQ(FoldWidth("ｶｲｺﾞ ﾊﾟｰﾄ"), "カイゴ パート");
  EXPECT_EQ(FoldWidth("㈱ ① 　"), "(株) 1  ");
}

TEST(FoldWidthTest, KeepsPlainTextAndLineBreaks) {
  EXPECT_EQ(FoldWidth("As IT is\n\t"), "As IT is\n\t");
  EXPECT_EQ(FoldWidth(""), "");
}

TEST(FoldWidthTest, RepairsBrokenBytes) {
  EXPECT_EQ(FoldWidth("Ａ\x80Ｂ"), "A\uFFFDB");
}

TEST(NormalizeTest, FoldsWidthAndCase) {
  EXPECT_EQ(Normalize("Ｗｅｂ WEB web").text, "web web web");
  EXPECT_EQ(Normalize("ｶﾞ").text, "ガ");
  EXPECT_EQ(Normalize("Straße").text, "strasse");
}

TEST(NormalizeTest, JoinsVoicingMarksOfEveryKind) {
  EXPECT_EQ(Normalize("か\u3099").text, "が");
  EXPECT_EQ(Normalize("か゛ は゜").text, "が ぱ");
}

TEST(NormalizeTest, MakesControlsSpacesAndKeepsLineBreaks) {
  EXPECT_EQ(Normalize(std::string_view("a\0b", 3)).text, "a b");
  EXPECT_EQ(Normalize("b\x1B[c\td\x7F").text, "b [c d ");
  EXPECT_EQ(Normalize("か\nき\rく\u0085け\u2028こ").text, "か\nき\nく\nけ\nこ");
  EXPECT_EQ(Normalize("看護　師").text, "看護 師");
}

TEST(NormalizeTest, DropsInvisibleCharacters) {
  EXPECT_EQ(Normalize("葛\U000E0100飾\u200B区").text, "葛飾区");
}

TEST(NormalizeTest, ReplacesBrokenBytes) {
  const NormalizedText normalized = Normalize("A\xE3\x81Ｂ");
  EXPECT_EQ(normalized.text, "a\uFFFDb");
  EXPECT_EQ(normalized.OriginalBegin(1), 1U);
  EXPECT_EQ(normalized.OriginalEnd(4), 3U);
  EXPECT_EQ(normalized.OriginalBegin(4), 3U);
  EXPECT_EQ(normalized.OriginalEnd(5), 6U);
}

TEST(NormalizeTest, OffsetsLeadBackToTheOriginal) {
  // Half-width ｶﾞ (6 bytes) becomes ガ (3 bytes), full-width Ａ (3 bytes) becomes a (1 byte).
  const NormalizedText normalized = Normalize("介ｶﾞＡx");
  ASSERT_EQ(normalized.text, "介ガax");
  EXPECT_EQ(normalized.OriginalBegin(3), 3U);
  EXPECT_EQ(normalized.OriginalEnd(6), 9U);
  EXPECT_EQ(normalized.OriginalBegin(6), 9U);
  EXPECT_EQ(normalized.OriginalEnd(7), 12U);
  EXPECT_EQ(normalized.OriginalEnd(8), 13U);
}

TEST(NormalizeTest, PartsOfOneOriginalCharacterShareItsOffsets) {
  const NormalizedText normalized = Normalize("x㍿y");
  ASSERT_EQ(normalized.text, "x株式会社y");
  EXPECT_EQ(normalized.OriginalBegin(1), 1U);
  EXPECT_EQ(normalized.OriginalEnd(7), 4U);
  EXPECT_EQ(normalized.OriginalBegin(7), 1U);
  EXPECT_EQ(normalized.OriginalEnd(13), 4U);
}

TEST(NormalizeTest, BuffersMayBeUsedAgain) {
  NormalizedText normalized;
  Normalize("長い前の文章です", &normalized);
  Normalize("Ｂ", &normalized);
  EXPECT_EQ(normalized.text, "b");
  EXPECT_EQ(normalized.offsets, (std::vector<uint32_t>{0, 3}));
  Normalize("", &normalized);
  EXPECT_EQ(normalized.text, "");
  EXPECT_EQ(normalized.offsets, (std::vector<uint32_t>{0}));
}

TEST(NormalizeTest, MarksPastThirtyOnOneLetterAreLeftOut) {
  // ICU alone would sort these in quadratic time.
  std::string original = "a";
  for (int i = 0; i < 50'000; ++i) {
    original += i % 2 == 0 ? "\u0301" : "\u0323";
  }
  original += "b";
  const NormalizedText normalized = Normalize(original);
  EXPECT_LT(normalized.text.size(), 64U);
  EXPECT_EQ(normalized.text.back(), 'b');
  EXPECT_EQ(normalized.OriginalEnd(normalized.text.size() - 1), original.size() - 1);
  EXPECT_LT(FoldWidth(original).size(), 64U);
}

}  // namespace
}  // namespace kyujin::text
