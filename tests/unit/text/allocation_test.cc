// Analysis takes no memory for each token: what an analyzer has, it uses again. Counts the calls of
// operator new of the whole program, so nothing else runs here.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "engine/text/analyzer.h"
#include "random_text.h"

namespace {

std::atomic<size_t> allocations{0};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) {  // NOLINT(cppcoreguidelines-no-malloc)
    return memory;
  }
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* memory, size_t /*size*/) noexcept {
  std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc)
}

namespace kyujin::text {
namespace {

TEST(AllocationTest, TokensTakeNoMemoryOfTheirOwn) {
  const auto model = LoadModel();
  ASSERT_NE(model, nullptr);
  Analyzer analyzer(model);
  std::vector<Token> tokens;
  const std::string query =
      "正看護師　夜勤なし　訪問看護ステーション　ＣＡＤオペレーター　２級建築士";
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text +=
        query + "のお仕事です。看護小規模多機　能型居宅介護、４ｔトラックの運転はありません。\n";
  }
  // The first time makes room, the second uses it.
  analyzer.Analyze(text, &tokens);
  const size_t few = [&] {
    const size_t before = allocations;
    analyzer.Analyze(query, &tokens);
    return allocations - before;
  }();
  EXPECT_GT(tokens.size(), 8U);
  analyzer.Analyze(text, &tokens);
  analyzer.Analyze(text, &tokens);
  const size_t before = allocations;
  analyzer.Analyze(text, &tokens);
  const size_t many = allocations - before;
  EXPECT_GT(tokens.size(), 1000U);
  EXPECT_LE(few, 4U);
  EXPECT_LE(many, 4U);
}

}  // namespace
}  // namespace kyujin::text
