#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bench/load/load_runner.h"
#include "bench/load/query_mix.h"

namespace kyujin::load {
namespace {

TEST(PercentileTest, IsTheLeastValueThatCoversTheShare) {
  const std::vector<uint64_t> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(Percentile(values, 0.5), 5U);
  EXPECT_EQ(Percentile(values, 0.51), 6U);
  EXPECT_EQ(Percentile(values, 0.99), 10U);
  EXPECT_EQ(Percentile(values, 0.0), 1U);
  EXPECT_EQ(Percentile({7}, 0.99), 7U);
  EXPECT_EQ(Percentile({}, 0.5), 0U);
}

TEST(QueryMixTest, SameArgumentsGiveSameRequests) {
  EXPECT_EQ(MakeQueries(QueryKind::kMixed, 500, 7), MakeQueries(QueryKind::kMixed, 500, 7));
  EXPECT_NE(MakeQueries(QueryKind::kMixed, 500, 7), MakeQueries(QueryKind::kMixed, 500, 8));
}

TEST(QueryMixTest, KindsSayWhetherThereAreWords) {
  const auto has_words = [](const std::string& target) {
    return target.find("&q=") != std::string::npos;
  };
  const auto filters = MakeQueries(QueryKind::kFilters, 200, 1);
  EXPECT_TRUE(std::none_of(filters.begin(), filters.end(), has_words));
  const auto words = MakeQueries(QueryKind::kWords, 200, 1);
  EXPECT_TRUE(std::all_of(words.begin(), words.end(), has_words));
  const auto mixed = MakeQueries(QueryKind::kMixed, 1000, 1);
  const auto with_words = std::count_if(mixed.begin(), mixed.end(), has_words);
  EXPECT_GT(with_words, 400);
  EXPECT_LT(with_words, 600);
}

TEST(QueryMixTest, TargetsNeedNoFurtherEncoding) {
  for (const std::string& target : MakeQueries(QueryKind::kMixed, 300, 3)) {
    EXPECT_THAT(target, testing::MatchesRegex("/v1/jobs[?][A-Za-z0-9_=&%.-]*"));
  }
}

TEST(LoadRunnerTest, UnreachableServerAndWrongUrlAreErrors) {
  LoadOptions options;
  options.targets = {"/healthz"};
  options.url = "https://127.0.0.1:1";
  ASSERT_FALSE(RunLoad(options).has_value());
  EXPECT_EQ(RunLoad(options).error().code, ErrorCode::kInvalidArgument);
  options.url = "http://127.0.0.1:1";
  options.seconds = 0;
  ASSERT_FALSE(RunLoad(options).has_value());
  EXPECT_EQ(RunLoad(options).error().code, ErrorCode::kUnavailable);
}

TEST(LoadRunnerTest, DescriptionNamesFailures) {
  LoadReport report;
  report.requests = 2;
  report.failures = 1;
  report.seconds = 1.0;
  report.exchange_us = {10, 20};
  EXPECT_THAT(Describe(report), testing::HasSubstr("1 not answered with 200"));
  EXPECT_THAT(Describe(report), testing::HasSubstr("exchange: p50 10 us"));
}

}  // namespace
}  // namespace kyujin::load
