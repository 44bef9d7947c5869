// One model, several threads, each with its own analyzer.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/text/analyzer.h"
#include "random_text.h"

namespace kyujin::text {
namespace {

std::vector<std::vector<Token>> AnalyzeAll(const std::shared_ptr<const AnalyzerModel>& model,
                                           const std::vector<std::string>& texts) {
  Analyzer analyzer(model);
  std::vector<std::vector<Token>> results(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    analyzer.Analyze(texts[i], &results[i]);
  }
  return results;
}

TEST(AnalyzerThreadsTest, AnalyzersOfOneModelDoNotDisturbEachOther) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  std::mt19937_64 random(7);
  std::vector<std::string> texts(200);
  for (std::string& text : texts) {
    text = RandomText(&random, 50);
  }
  const auto expected = AnalyzeAll(model, texts);
  std::vector<std::vector<std::vector<Token>>> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (auto& result : results) {
    threads.emplace_back([&model, &texts, &result] { result = AnalyzeAll(model, texts); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const auto& result : results) {
    EXPECT_EQ(result, expected);
  }
}

}  // namespace
}  // namespace kyujin::text
