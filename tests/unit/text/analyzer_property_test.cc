// Properties that hold for every text, checked on random mixes of everything.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/text/analyzer.h"
#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"
#include "random_text.h"

namespace kyujin::text {
namespace {

constexpr uint64_t kSeed = 20260430;

// Where code points of `text`, broken ones included, begin; and its end.
std::vector<bool> Boundaries(std::string_view text) {
  std::vector<bool> boundaries(text.size() + 1, false);
  size_t i = 0;
  while (i < text.size()) {
    boundaries[i] = true;
    i += DecodeUtf8Char(text.substr(i)).size;
  }
  boundaries[text.size()] = true;
  return boundaries;
}

void CheckToken(const std::string& original, const Token& token) {
  ASSERT_FALSE(token.text.empty());
  ASSERT_LE(token.text.size(), kMaxTermBytes);
  ASSERT_TRUE(IsValidUtf8(token.text));
  ASSERT_LT(token.begin, token.end);
  ASSERT_LE(token.end, original.size());
  // What the offsets cover is what the token was made of.
  const std::string covered = original.substr(token.begin, token.end - token.begin);
  ASSERT_NE(Normalize(covered).text.find(token.text), std::string::npos)
      << token.text << " from " << covered;
}

void CheckTokens(const std::string& original, const std::vector<Token>& tokens) {
  const std::vector<bool> boundaries = Boundaries(original);
  for (size_t i = 0; i < tokens.size(); ++i) {
    ASSERT_NO_FATAL_FAILURE(CheckToken(original, tokens[i]));
    ASSERT_TRUE(boundaries[tokens[i].begin] && boundaries[tokens[i].end]) << tokens[i].text;
    if (i == 0) {
      ASSERT_EQ(tokens[i].position, 0U);
      continue;
    }
    const Token& previous = tokens[i - 1];
    ASSERT_GT(tokens[i].position, previous.position);
    ASSERT_LE(tokens[i].position, previous.position + 1 + kSentenceGap);
    ASSERT_GE(tokens[i].begin, previous.begin);
    ASSERT_GE(tokens[i].end, previous.end);
    ASSERT_TRUE(!tokens[i].follows_directly || tokens[i].position == previous.position + 1);
  }
}

TEST(AnalyzerPropertyTest, TokensOfAnyTextAreInOrderAndLeadBackToIt) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer analyzer(model);
  std::mt19937_64 random(kSeed);
  std::vector<Token> tokens;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(&random, 60);
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << " case " << i << ": " << text);
    ASSERT_EQ(analyzer.Analyze(text, &tokens), text.size());
    ASSERT_NO_FATAL_FAILURE(CheckTokens(text, tokens));
  }
}

TEST(AnalyzerPropertyTest, AnalysisDependsOnTheTextAlone) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer used(model);
  std::mt19937_64 random(kSeed + 1);
  std::vector<Token> tokens;
  for (int i = 0; i < 300; ++i) {
    const std::string text = RandomText(&random, 40);
    SCOPED_TRACE(testing::Message() << "seed " << kSeed + 1 << " case " << i << ": " << text);
    used.Analyze(text, &tokens);
    Analyzer fresh(model);
    std::vector<Token> fresh_tokens;
    fresh.Analyze(text, &fresh_tokens);
    ASSERT_EQ(tokens, fresh_tokens);
  }
}

TEST(AnalyzerPropertyTest, NormalizedTextIsAnalyzedLikeItsOriginal) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer analyzer(model);
  std::mt19937_64 random(kSeed + 2);
  std::vector<Token> tokens;
  std::vector<Token> again;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = RandomText(&random, 40);
    SCOPED_TRACE(testing::Message() << "seed " << kSeed + 2 << " case " << i << ": " << text);
    analyzer.Analyze(text, &tokens);
    analyzer.Analyze(Normalize(text).text, &again);
    ASSERT_EQ(tokens.size(), again.size());
    for (size_t k = 0; k < tokens.size(); ++k) {
      ASSERT_EQ(tokens[k].text, again[k].text);
      ASSERT_EQ(tokens[k].position, again[k].position);
    }
  }
}

TEST(NormalizePropertyTest, OffsetsCoverTheOriginalInOrder) {
  std::mt19937_64 random(kSeed + 3);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(&random, 60);
    SCOPED_TRACE(testing::Message() << "seed " << kSeed + 3 << " case " << i << ": " << text);
    const NormalizedText normalized = Normalize(text);
    ASSERT_TRUE(IsValidUtf8(normalized.text));
    ASSERT_EQ(normalized.offsets.size(), normalized.text.size() + 1);
    ASSERT_EQ(normalized.offsets.back(), text.size());
    for (size_t k = 1; k < normalized.offsets.size(); ++k) {
      ASSERT_LE(normalized.offsets[k - 1], normalized.offsets[k]);
      ASSERT_GT(normalized.OriginalEnd(k), normalized.OriginalBegin(k - 1));
    }
    ASSERT_EQ(Normalize(normalized.text).text, normalized.text);
  }
}

}  // namespace
}  // namespace kyujin::text
