// Properties that hold for every text, checked on random mixes of everything.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/worst_texts.h"
#include "engine/text/analyzer.h"
#include "engine/text/broken_words.h"
#include "engine/text/mecab_tokenizer.h"
#include "engine/text/normalizer.h"
#include "engine/text/sentence_splitter.h"
#include "engine/text/spelling.h"
#include "engine/text/utf8.h"
#include "engine/text/word_table.h"
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

// Each Fault… function returns what is wrong, or nothing.

std::string FaultOfToken(const std::string& original, const Token& token) {
  if (token.text.empty() || token.text.size() > kMaxTermBytes || !IsValidUtf8(token.text)) {
    return "text of " + token.text;
  }
  if (token.begin >= token.end || token.end > original.size()) {
    return "offsets of " + token.text;
  }
  // Markers stand at the beginning or nowhere; nothing in a term can end it.
  const std::string_view rest = std::string_view(token.text).substr(1);
  const auto is_odd = [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; };
  if (rest.find_first_of("~!") != std::string_view::npos ||
      std::any_of(token.text.begin(), token.text.end(), is_odd)) {
    return "marks in " + token.text;
  }
  return "";
}

std::string FaultOfPart(const Token& whole, const Token& part) {
  if (part.position < whole.position || part.position + part.width > whole.position + whole.width) {
    return "position of " + part.text;
  }
  return part.begin < whole.begin || part.end > whole.end ? "place of " + part.text : "";
}

std::string FaultOfPair(const Token& previous, const Token& token) {
  const uint32_t next = previous.position + previous.width;
  if (token.position < next || token.position > next + kSentenceGap + kSymbolGap + kStopWordGap) {
    return "position of " + token.text;
  }
  if (token.follows_directly && token.position != next) {
    return "gap before " + token.text;
  }
  if (token.begin < previous.begin || token.end < previous.end) {
    return "order of " + token.text;
  }
  return "";
}

std::string FaultOfTokens(const std::string& original, const std::vector<Token>& tokens) {
  const std::vector<bool> boundaries = Boundaries(original);
  const Token* previous = nullptr;
  for (const Token& token : tokens) {
    std::string fault = FaultOfToken(original, token);
    if (fault.empty() && !(boundaries[token.begin] && boundaries[token.end])) {
      fault = "cut character in " + token.text;
    }
    const bool is_part = IsPartTerm(token.text);
    if (fault.empty() && previous != nullptr) {
      fault = is_part ? FaultOfPart(*previous, token) : FaultOfPair(*previous, token);
    }
    if (!fault.empty()) {
      return fault;
    }
    previous = is_part ? previous : &token;
  }
  return "";
}

std::string FaultOfNormalized(const std::string& original, const NormalizedText& normalized) {
  if (!IsValidUtf8(normalized.text) || Normalize(normalized.text).text != normalized.text) {
    return "text";
  }
  if (normalized.offsets.size() != normalized.text.size() + 1 ||
      normalized.offsets.back() != original.size()) {
    return "number of offsets";
  }
  for (size_t i = 1; i < normalized.offsets.size(); ++i) {
    if (normalized.offsets[i - 1] > normalized.offsets[i] ||
        normalized.OriginalEnd(i) <= normalized.OriginalBegin(i - 1)) {
      return "offset of byte " + std::to_string(i);
    }
  }
  return "";
}

// Text and position of each token: all of it that does not depend on how the text was written.
std::vector<std::string> TermsAndPositions(const std::vector<Token>& tokens) {
  std::vector<std::string> terms;
  terms.reserve(tokens.size());
  for (const Token& token : tokens) {
    terms.push_back(token.text + "@" + std::to_string(token.position));
  }
  return terms;
}

std::string CaseName(uint64_t seed, int number, const std::string& text) {
  return "seed " + std::to_string(seed) + " case " + std::to_string(number) + ": " + text;
}

TEST(AnalyzerPropertyTest, TokensOfAnyTextAreInOrderAndLeadBackToIt) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer analyzer(model);
  std::mt19937_64 random(kSeed);
  std::vector<Token> tokens;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(&random, 60);
    analyzer.Analyze(text, &tokens);
    ASSERT_EQ(FaultOfTokens(text, tokens), "") << CaseName(kSeed, i, text);
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
    used.Analyze(text, &tokens);
    Analyzer fresh(model);
    std::vector<Token> fresh_tokens;
    fresh.Analyze(text, &fresh_tokens);
    ASSERT_EQ(tokens, fresh_tokens) << CaseName(kSeed + 1, i, text);
  }
}

// In so little memory that sentences are forgotten and come again.
TEST(AnalyzerPropertyTest, RememberedSentencesChangeNothing) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  constexpr size_t kLittleMemory = 4096;
  Analyzer plain(model);
  Analyzer remembering(model, kLittleMemory);
  std::mt19937_64 random(kSeed + 5);
  std::vector<std::string> sentences(40);
  for (std::string& sentence : sentences) {
    sentence = RandomText(&random, 6);
  }
  std::vector<Token> tokens;
  std::vector<Token> expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = sentences[random() % sentences.size()] + "。" +
                             sentences[random() % sentences.size()] + "\n" + RandomText(&random, 4);
    remembering.Analyze(text, &tokens);
    plain.Analyze(text, &expected);
    ASSERT_EQ(tokens, expected) << CaseName(kSeed + 5, i, text);
  }
}

TEST(MecabTokenizerTest, CutsARememberedSentenceOnlyOnce) {
  const auto mecab =
      MecabModel::Load(KYUJIN_MECAB_DICTIONARY, KYUJIN_DICTIONARY_FOLDER "/user.dic");
  ASSERT_TRUE(mecab.has_value());
  MecabTokenizer tokenizer(*mecab, size_t{1} << 20);
  const std::string sentence = "未経験の方も歓迎します";
  std::vector<Morpheme> first;
  const int64_t cost = tokenizer.Tokenize(sentence, &first);
  std::vector<Morpheme> again;
  EXPECT_EQ(tokenizer.Tokenize(sentence, &again), cost);
  EXPECT_EQ(tokenizer.tokenized_bytes(), sentence.size());
  ASSERT_EQ(again.size(), first.size());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(again[i].begin, first[i].begin);
    EXPECT_EQ(again[i].end, first[i].end);
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
    analyzer.Analyze(text, &tokens);
    analyzer.Analyze(Normalize(text).text, &again);
    ASSERT_EQ(TermsAndPositions(tokens), TermsAndPositions(again)) << CaseName(kSeed + 2, i, text);
  }
}

std::vector<std::string> TermsOf(const std::vector<Token>& tokens) {
  std::vector<std::string> terms;
  terms.reserve(tokens.size());
  for (const Token& token : tokens) {
    terms.push_back(token.text);
  }
  return terms;
}

// Fields are analysed one by one, a query may hold what two of them say: a line break between two
// texts lets neither change the other.
TEST(AnalyzerPropertyTest, TextsAreAnalyzedTogetherAsOneByOne) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer analyzer(model);
  std::mt19937_64 random(kSeed + 4);
  std::vector<Token> tokens;
  for (int i = 0; i < 1000; ++i) {
    const std::string first = RandomText(&random, 30);
    const std::string second = RandomText(&random, 30);
    analyzer.Analyze(first, &tokens);
    std::vector<std::string> expected = TermsOf(tokens);
    analyzer.Analyze(second, &tokens);
    for (const std::string& term : TermsOf(tokens)) {
      expected.push_back(term);
    }
    analyzer.Analyze(first + "\n" + second, &tokens);
    ASSERT_EQ(TermsOf(tokens), expected) << CaseName(kSeed + 4, i, first + " | " + second);
  }
}

// What MeCab is given stays in proportion to the text, whatever the text is.
TEST(AnalyzerPropertyTest, WorkIsBoundedBySizeOfTheText) {
  constexpr uint64_t kMostPerByte = 4;
  const auto words = WordTable::Open(KYUJIN_DICTIONARY_FOLDER "/words.bin");
  const auto mecab =
      MecabModel::Load(KYUJIN_MECAB_DICTIONARY, KYUJIN_DICTIONARY_FOLDER "/user.dic");
  ASSERT_TRUE(words.has_value() && mecab.has_value());
  MecabTokenizer tokenizer(*mecab);
  BrokenWordJoiner joiner(**words, &tokenizer);
  NormalizedText normalized;
  NormalizedText scratch;
  std::vector<Morpheme> morphemes;
  for (const std::string_view unit : bench::kWorstTexts) {
    const std::string text = bench::WorstTextOf(unit);
    const uint64_t before = tokenizer.tokenized_bytes();
    Normalize(text, &normalized);
    UnifySpelling(words->get(), &normalized, &scratch);
    joiner.Join(&normalized, &scratch);
    SentenceSplitter splitter(normalized.text);
    for (Piece piece; splitter.Next(&piece);) {
      ASSERT_LE(piece.end - piece.begin, kMaxSentenceBytes);
      const std::string_view sentence = normalized.text;
      tokenizer.Tokenize(sentence.substr(piece.begin, piece.end - piece.begin), &morphemes);
    }
    EXPECT_LE(tokenizer.tokenized_bytes() - before, kMostPerByte * bench::kWorstTextBytes) << unit;
  }
}

TEST(NormalizePropertyTest, OffsetsCoverTheOriginalInOrder) {
  std::mt19937_64 random(kSeed + 3);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(&random, 60);
    ASSERT_EQ(FaultOfNormalized(text, Normalize(text)), "") << CaseName(kSeed + 3, i, text);
  }
}

}  // namespace
}  // namespace kyujin::text
