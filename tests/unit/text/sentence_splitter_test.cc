#include "engine/text/sentence_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/text/token.h"

namespace kyujin::text {
namespace {

std::string Repeated(std::string_view unit, size_t times) {
  std::string text;
  for (; times > 0; --times) {
    text += unit;
  }
  return text;
}

std::vector<std::string> Pieces(std::string_view text) {
  std::vector<std::string> pieces;
  SentenceSplitter splitter(text);
  size_t end = 0;
  for (Piece piece; splitter.Next(&piece);) {
    EXPECT_EQ(piece.begin, end);
    end = piece.end;
    pieces.emplace_back(text.substr(piece.begin, piece.end - piece.begin));
  }
  EXPECT_EQ(end, text.size());
  return pieces;
}

TEST(SentenceSplitterTest, CutsAfterEndsOfSentences) {
  EXPECT_EQ(Pieces("急募!経験不問。週3日\nOK?はい"),
            (std::vector<std::string>{"急募!", "経験不問。", "週3日\n", "OK?", "はい"}));
  EXPECT_TRUE(Pieces("").empty());
}

TEST(SentenceSplitterTest, CommasAndSpacesDoNotCut) {
  EXPECT_EQ(Pieces("介護、看護 事務").size(), 1U);
}

TEST(SentenceSplitterTest, LongSentencesAreCutWhereNoWordGoesOn) {
  const std::string half = Repeated("看護師の", 100);  // 1,200 bytes
  EXPECT_EQ(Pieces(half + "、" + half), (std::vector<std::string>{half + "、", half}));
  EXPECT_EQ(Pieces(half + " " + half), (std::vector<std::string>{half + " ", half}));
}

TEST(SentenceSplitterTest, LongSentencesWithoutABreakAreCutBetweenCharacters) {
  const std::vector<std::string> pieces = Pieces(Repeated("看", 1000));
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].size(), kMaxSentenceBytes - kMaxSentenceBytes % 3);
}

TEST(SentenceSplitterTest, RunsOfOneClassAreCut) {
  for (const std::string_view unit : {"a", "7", "-", " "}) {
    const std::string longest_run = Repeated(unit, kMaxRunBytes);
    EXPECT_EQ(Pieces("介" + longest_run + "護").size(), 1U) << unit;
    EXPECT_EQ(Pieces("介" + longest_run + std::string(unit)),
              (std::vector<std::string>{"介" + longest_run, std::string(unit)}));
  }
}

TEST(SentenceSplitterTest, RunsOfWideCharactersAreCutByBytes) {
  EXPECT_EQ(Pieces(Repeated("ア", 85)).size(), 1U);
  EXPECT_EQ(Pieces(Repeated("ア", 86)).size(), 2U);
  EXPECT_EQ(Pieces(Repeated("アー", 43)).size(), 2U);
}

TEST(SentenceSplitterTest, SymbolsAreOneClass) {
  EXPECT_EQ(Pieces(Repeated("*-", 129)).size(), 2U);
}

TEST(SentenceSplitterTest, JapaneseProseIsNotARun) {
  EXPECT_EQ(Pieces(Repeated("介護のしごと", 30)).size(), 1U);
}

TEST(WordCharacterTest, MarksAreNoWords) {
  for (const char32_t c : {U'看', U'か', U'カ', U'a', U'7', U'é', U'п', U'々'}) {
    EXPECT_TRUE(IsWordCharacter(c)) << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {U'ー', U'〇', U'・', U'。', U' ', U'○', U'★', U'+', U'\uFFFD', U'😀'}) {
    EXPECT_FALSE(IsWordCharacter(c)) << static_cast<uint32_t>(c);
  }
}

}  // namespace
}  // namespace kyujin::text
