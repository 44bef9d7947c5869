#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bench/load/load_runner.h"
#include "tests/unit/http/test_server.h"

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

TEST(LoadRunnerTest, NoMoreRequestsAreSentThanTheRateAsksFor) {
  http::TestServer server;
  LoadOptions options;
  options.url = "http://127.0.0.1:" + std::to_string(server.port());
  options.targets = {"/hello?1"};
  options.connections = 2;
  options.seconds = 1;
  options.rate = 20;
  const auto report = RunLoad(options);
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_LE(report->requests, 20U);
  EXPECT_GE(report->requests, 1U);
  EXPECT_EQ(report->failures, 0U);
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
