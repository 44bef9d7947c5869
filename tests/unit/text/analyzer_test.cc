#include "engine/text/analyzer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "random_text.h"

namespace kyujin::text {
namespace {

using Words = std::vector<std::string>;

class AnalyzerTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto model = LoadModel();
    ASSERT_NE(model, nullptr);
    analyzer_ = std::make_unique<Analyzer>(model);
  }

  std::vector<Token> Analyze(std::string_view text) {
    std::vector<Token> tokens;
    EXPECT_EQ(analyzer_->Analyze(text, &tokens), text.size());
    return tokens;
  }
  Words WordsOf(std::string_view text) {
    Words words;
    for (const Token& token : Analyze(text)) {
      words.push_back(token.text);
    }
    return words;
  }
  std::vector<uint32_t> PositionsOf(std::string_view text) {
    std::vector<uint32_t> positions;
    for (const Token& token : Analyze(text)) {
      positions.push_back(token.position);
    }
    return positions;
  }

  static size_t LongestWord(const std::vector<Token>& tokens) {
    size_t longest = 0;
    for (const Token& token : tokens) {
      longest = std::max(longest, token.text.size());
    }
    return longest;
  }

  std::unique_ptr<Analyzer> analyzer_;
};

TEST_F(AnalyzerTest, CutsJapaneseIntoMorphemes) {
  EXPECT_EQ(WordsOf("介護施設で看護師を募集"),
            (Words{"介護施設", "~介護", "~施設", "看護師", "~看護", "~師", "募集"}));
}

TEST_F(AnalyzerTest, NothingInNothingOut) {
  EXPECT_TRUE(Analyze("").empty());
  EXPECT_TRUE(Analyze(" 　\n。！？★ー・😀").empty());
}

TEST_F(AnalyzerTest, WidthAndCaseMakeNoDifference) {
  EXPECT_EQ(WordsOf("Ｗｅｂデザイナー　ﾊﾟｰﾄ　１２３"), WordsOf("webデザイナー パート 123"));
  EXPECT_EQ(WordsOf("WEB"), (Words{"web"}));
}

TEST_F(AnalyzerTest, SymbolsAreDropped) {
  EXPECT_EQ(WordsOf("【急募】★看護(パート)※"), (Words{"急募", "看護", "パート"}));
}

TEST_F(AnalyzerTest, TheBulletIsDroppedAndTheNumeralKept) {
  EXPECT_EQ(WordsOf("〇経験"), (Words{"経験"}));
  EXPECT_EQ(WordsOf("二〇二六年"), (Words{"2026", "年"}));
}

TEST_F(AnalyzerTest, ProgrammingLanguagesKeepTheirSigns) {
  EXPECT_EQ(WordsOf("C#"), (Words{"c#"}));
  EXPECT_EQ(WordsOf("Ｃ＋＋とC++17"), (Words{"c++", "c++", "17"}));
  EXPECT_EQ(WordsOf("(.NET)"), (Words{".net"}));
  EXPECT_EQ(WordsOf("C#,C++/F#"), (Words{"c#", "c++", "f#"}));
}

TEST_F(AnalyzerTest, SignsBetweenOtherWordsStayOut) {
  EXPECT_EQ(WordsOf("a#b a++b x.net 等...net"),
            (Words{"a", "b", "a", "b", "x", ".net", "等", "net"}));
  EXPECT_EQ(WordsOf("介護++"), (Words{"介護"}));
}

TEST_F(AnalyzerTest, LongAsciiWordsStayWhole) {
  EXPECT_EQ(WordsOf("supercalifragilisticexpialidocious"),
            (Words{"supercalifragilisticexpialidocious"}));
  EXPECT_EQ(WordsOf("123456789012345678901234567890円"),
            (Words{"123456789012345678901234567890", "円"}));
}

TEST_F(AnalyzerTest, PositionsRunOnAcrossSpaces) {
  EXPECT_EQ(PositionsOf("介護 看護　事務"), (std::vector<uint32_t>{0, 1, 2}));
}

TEST_F(AnalyzerTest, PositionsJumpOverSymbolsOnce) {
  EXPECT_EQ(PositionsOf("★介護・看護】【事務"), (std::vector<uint32_t>{0, 2, 4}));
}

TEST_F(AnalyzerTest, PositionsRunOnInsideAsciiCompounds) {
  EXPECT_EQ(PositionsOf("node.js 1,800 wi-fi"), (std::vector<uint32_t>{0, 1, 2, 3, 4}));
}

TEST_F(AnalyzerTest, PositionsJumpFarOverEndsOfSentences) {
  const std::vector<uint32_t> far = {0, 1 + kSentenceGap};
  EXPECT_EQ(PositionsOf("日本。社会"), far);
  EXPECT_EQ(PositionsOf("日本\n社会"), far);
  EXPECT_EQ(PositionsOf("日本！！ ★\r\n\n社会"), far);
}

TEST_F(AnalyzerTest, TokensKnowWhetherTheyFollowDirectly) {
  const std::vector<Token> tokens = Analyze("募集要項 募集");
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_FALSE(tokens[0].follows_directly);
  EXPECT_TRUE(tokens[1].follows_directly);
  EXPECT_FALSE(tokens[2].follows_directly);
}

TEST_F(AnalyzerTest, OffsetsPointIntoTheOriginal) {
  const std::string original = "★ｶﾞｲﾄﾞ（Ｗｅｂ）½ ㌔ c++";
  Words originals;
  for (const Token& token : Analyze(original)) {
    originals.push_back(original.substr(token.begin, token.end - token.begin));
  }
  EXPECT_EQ(originals, (Words{"ｶﾞｲﾄﾞ", "Ｗｅｂ", "½", "½", "㌔", "c++"}));
}

TEST_F(AnalyzerTest, LongRunsStayBounded) {
  for (const std::string_view unit : {"a", "7", "ア", "ー", "-", "一", "ああ", "あー", "é", " "}) {
    std::string text;
    while (text.size() < 100'000) {
      text += unit;
    }
    ASSERT_LE(LongestWord(Analyze(text)), kMaxTermBytes) << unit;
  }
  EXPECT_EQ(Analyze(std::string(100'000, 'a')).size(), (100'000 + kMaxRunBytes - 1) / kMaxRunBytes);
  EXPECT_EQ(Analyze(std::string(100'000, '7')).size(), (100'000 + kMaxRunBytes - 1) / kMaxRunBytes);
}

TEST_F(AnalyzerTest, LongTermsAreCutAndKeepTheirPlace) {
  const std::vector<Token> tokens = Analyze(std::string(kMaxRunBytes, 'a'));
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].text, std::string(kMaxTermBytes, 'a'));
  EXPECT_EQ(tokens[0].end, kMaxRunBytes);
}

TEST_F(AnalyzerTest, TextPastTheBudgetIsIgnoredAndSaid) {
  std::string text;
  while (text.size() < kMaxTextBytes) {
    text += "介護\n";
  }
  text.resize(kMaxTextBytes - 1);
  text += "看護";
  std::vector<Token> tokens;
  EXPECT_EQ(analyzer_->Analyze(text, &tokens), kMaxTextBytes - 1);
  ASSERT_FALSE(tokens.empty());
  EXPECT_LE(tokens.back().end, kMaxTextBytes);
  EXPECT_NE(tokens.back().text, "看護");
}

TEST_F(AnalyzerTest, TheListOfTokensMayBeUsedAgain) {
  std::vector<Token> tokens;
  analyzer_->Analyze("介護施設で看護師を募集しています。", &tokens);
  analyzer_->Analyze("看護", &tokens);
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].text, "看護");
  EXPECT_EQ(tokens[0].position, 0U);
  analyzer_->Analyze("", &tokens);
  EXPECT_TRUE(tokens.empty());
}

}  // namespace
}  // namespace kyujin::text
