// How fast text becomes tokens, beside MeCab alone with the same dictionaries on the same
// normalised sentences: at least 0.6 of its speed (MecabShare says it). Then the worst texts there
// are: at most 1 ms for a KB. Fixed made-up text; bytes are of the original.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/worst_texts.h"
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

std::vector<std::string> Sentences(const std::vector<std::string>& texts) {
  std::vector<std::string> sentences;
  for (const std::string& text : texts) {
    const NormalizedText normalized = Normalize(text);
    SentenceSplitter splitter(normalized.text);
    for (Piece piece; splitter.Next(&piece);) {
      sentences.push_back(normalized.text.substr(piece.begin, piece.end - piece.begin));
    }
  }
  return sentences;
}

double Seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Both in turn in one run, for the machine's other work changes between runs; by CPU time.
void MecabShare(benchmark::State& state) {
  const std::vector<std::string> texts = MadeUpTexts();
  const std::vector<std::string> sentences = Sentences(texts);
  auto mecab = MecabModel::Load(KYUJIN_MECAB_DICTIONARY, KYUJIN_DICTIONARY_FOLDER "/user.dic");
  auto model = AnalyzerModel::Load();
  Require(model.has_value() && mecab.has_value(), "no dictionary");
  MecabTokenizer tokenizer(*mecab);
  Analyzer analyzer(*model);
  std::vector<Morpheme> morphemes;
  std::vector<Token> tokens;
  double alone = 0;
  double whole = 0;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const double start = Seconds();
    for (const std::string& sentence : sentences) {
      tokenizer.Tokenize(sentence, &morphemes);
      benchmark::DoNotOptimize(morphemes.data());
    }
    const double between = Seconds();
    for (const std::string& text : texts) {
      analyzer.Analyze(text, &tokens);
      benchmark::DoNotOptimize(tokens.data());
    }
    alone += between - start;
    whole += Seconds() - between;
  }
  state.counters["speed_of_mecab"] = alone / whole;
}
BENCHMARK(MecabShare)->Unit(benchmark::kMillisecond);

// 64 KB of what costs most; the counter must stay under 1.
void WorstText(benchmark::State& state) {
  const std::string text =
      bench::WorstTextOf(bench::kWorstTexts[static_cast<size_t>(state.range(0))]);
  auto model = AnalyzerModel::Load();
  Require(model.has_value(), "no dictionary");
  Analyzer analyzer(*model);
  std::vector<Token> tokens;
  double spent = 0;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const double start = Seconds();
    analyzer.Analyze(text, &tokens);
    spent += Seconds() - start;
  }
  const double texts_done = static_cast<double>(state.iterations());
  state.counters["ms_per_kb"] = spent * 1000 / texts_done / (bench::kWorstTextBytes / 1024.0);
}
BENCHMARK(WorstText)->DenseRange(0, bench::kWorstTexts.size() - 1)->Unit(benchmark::kMillisecond);

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
