// How fast text becomes tokens, beside MeCab alone on the same normalised sentences: what the
// analyzer adds should stay under a fifth. Fixed made-up text; bytes are of the original.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"
#include "engine/text/mecab_tokenizer.h"
#include "engine/text/normalizer.h"
#include "engine/text/sentence_splitter.h"

namespace kyujin::text {
namespace {

constexpr std::array kPlaces = {"東京都府中市の病院",
                                "大阪市北区の介護施設",
                                "福岡県久留米市の工場",
                                "　札幌駅前の店舗",
                                "郊外の物流センター"};
constexpr std::array kDuties = {"入居者様の食事、入浴、排泄などの介助",
                                "部品の検査・梱包および出荷作業",
                                "電話応対やデータ入力（Ｅｘｃｅｌ、Ｗｏｒｄ使用）",
                                "調理補助と配膳、食器の洗浄",
                                "ＷＥＢサイトの設計、運用保守（Java、C#）",
                                "４ｔトラックによるルート配送"};
constexpr std::array kEndings = {
    "をお任せします。", "を担当していただきます。", "が主な仕事です。\n"};
constexpr std::array kNotes = {
    "＊未経験の方も先輩が丁寧に指導しますので安心してご応募ください。",
    "＜勤務時間＞８：３０～１７：３０（休憩６０分）、残業は月平均１０時間程度です。\n",
    "※変更範囲：会社の定める業務。",
    "昇給あり、賞与年２回（前年度実績　計３．５ヶ月分）。",
    "普通自動車運転免許（ＡＴ限定可）をお持ちの方は優遇します！"};

template <size_t kSize>
std::string_view Pick(const std::array<const char*, kSize>& choices, std::mt19937_64* random) {
  return choices[(*random)() % kSize];
}

// Descriptions as long as those of postings, about 1 KB each.
std::vector<std::string> MadeUpTexts() {
  std::mt19937_64 random(1);
  std::vector<std::string> texts(500);
  for (std::string& text : texts) {
    while (text.size() < 1000) {
      text.append(Pick(kPlaces, &random)).append("で、");
      text.append(Pick(kDuties, &random)).append(Pick(kEndings, &random));
      text.append(Pick(kNotes, &random));
    }
  }
  return texts;
}

// A benchmark of nothing would look splendid.
void Require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "analyzer_bench: %s\n", what);
    std::abort();
  }
}

void SetThroughput(const std::vector<std::string>& texts, benchmark::State* state) {
  int64_t bytes = 0;
  for (const std::string& text : texts) {
    bytes += static_cast<int64_t>(text.size());
  }
  state->SetBytesProcessed(bytes * static_cast<int64_t>(state->iterations()));
}

void AnalyzeTexts(benchmark::State& state) {
  const std::vector<std::string> texts = MadeUpTexts();
  auto model = AnalyzerModel::Load();
  Require(model.has_value(), "no dictionary");
  Analyzer analyzer(*model);
  std::vector<Token> tokens;
  size_t count = 0;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    count = 0;
    for (const std::string& text : texts) {
      analyzer.Analyze(text, &tokens);
      count += tokens.size();
    }
  }
  Require(count > texts.size() * 100, "too few tokens");
  SetThroughput(texts, &state);
}
BENCHMARK(AnalyzeTexts)->Unit(benchmark::kMillisecond);

void MecabAlone(benchmark::State& state) {
  const std::vector<std::string> texts = MadeUpTexts();
  std::vector<std::string> sentences;
  for (const std::string& text : texts) {
    const NormalizedText normalized = Normalize(text);
    SentenceSplitter splitter(normalized.text);
    for (Piece piece; splitter.Next(&piece);) {
      sentences.push_back(normalized.text.substr(piece.begin, piece.end - piece.begin));
    }
  }
  auto model = MecabModel::Load(KYUJIN_MECAB_DICTIONARY, "");
  Require(model.has_value(), "no dictionary");
  MecabTokenizer tokenizer(*model);
  std::vector<Morpheme> morphemes;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (const std::string& sentence : sentences) {
      tokenizer.Tokenize(sentence, &morphemes);
      benchmark::DoNotOptimize(morphemes.data());
    }
  }
  SetThroughput(texts, &state);
}
BENCHMARK(MecabAlone)->Unit(benchmark::kMillisecond);

void NormalizeTexts(benchmark::State& state) {
  const std::vector<std::string> texts = MadeUpTexts();
  NormalizedText normalized;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (const std::string& text : texts) {
      Normalize(text, &normalized);
      benchmark::DoNotOptimize(normalized.text.data());
    }
  }
  SetThroughput(texts, &state);
}
BENCHMARK(NormalizeTexts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kyujin::text

BENCHMARK_MAIN();
