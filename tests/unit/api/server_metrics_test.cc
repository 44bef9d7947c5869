#include "server/app/server_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kyujin::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CountingObserver final : public http::HttpObserver {
 public:
  void OnRequest(const http::RequestRecord& /*record*/) override { ++requests; }
  void OnFailure(std::string_view /*where*/, std::string_view /*what*/) override { ++failures; }

  int requests = 0;
  int failures = 0;
};

class ServerMetricsTest : public testing::Test {
 protected:
  http::HttpResponse Ask(std::string address, std::vector<http::HeaderField> headers = {}) {
    http::HttpRequest request;
    request.method = "GET";
    request.path = "/metrics";
    request.remote_address = std::move(address);
    request.headers = std::move(headers);
    return metrics_.Get(request);
  }

  CountingObserver next_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  ServerMetrics metrics_{next_, snapshots_, searcher_};
};

TEST_F(ServerMetricsTest, CountsRequestsByRouteAndPassesThemOn) {
  http::RequestRecord record;
  record.method = "GET";
  record.path = "/v1/jobs/13010-12345678";
  record.query = "token=secret";
  record.route_pattern = "/v1/jobs/{number}";
  record.status = 200;
  record.duration = std::chrono::milliseconds(3);
  metrics_.OnRequest(record);
  metrics_.OnRequest(record);
  const std::string text = metrics_.Text();
  EXPECT_THAT(text,
              HasSubstr("kyujin_http_requests_total{method=\"GET\",route=\"/v1/jobs/{number}\","
                        "status=\"200\"} 2\n"));
  EXPECT_THAT(text,
              HasSubstr("kyujin_http_request_duration_seconds_bucket{route=\"/v1/jobs/{number}\","
                        "le=\"0.002\"} 0\n"));
  EXPECT_THAT(text,
              HasSubstr("kyujin_http_request_duration_seconds_bucket{route=\"/v1/jobs/{number}\","
                        "le=\"0.005\"} 2\n"));
  EXPECT_THAT(text, Not(HasSubstr("secret")));
  EXPECT_THAT(text, Not(HasSubstr("13010-12345678")));
  EXPECT_EQ(next_.requests, 2);
}

TEST_F(ServerMetricsTest, WhatFindsNoRouteIsCountedWithoutItsText) {
  http::RequestRecord record;
  record.method = "BREW";
  record.path = "/anything";
  record.status = 404;
  metrics_.OnRequest(record);
  EXPECT_THAT(
      metrics_.Text(),
      HasSubstr("kyujin_http_requests_total{method=\"other\",route=\"none\",status=\"404\"} 1\n"));
}

TEST_F(ServerMetricsTest, CountsFailuresAndPassesThemOn) {
  metrics_.OnFailure("read posting 13010-12345678", "cards.bin: bad block");
  EXPECT_THAT(metrics_.Text(), HasSubstr("kyujin_failures_total 1\n"));
  EXPECT_THAT(metrics_.Text(), Not(HasSubstr("cards.bin")));
  EXPECT_EQ(next_.failures, 1);
}

TEST_F(ServerMetricsTest, OnlyClientsOnTheSameMachineMayRead) {
  EXPECT_EQ(Ask("127.0.0.1").status, 200);
  EXPECT_EQ(Ask("::1").status, 200);
  EXPECT_EQ(Ask("192.0.2.7").status, 403);
  EXPECT_EQ(Ask("127.0.0.1", {{"X-Forwarded-For", "192.0.2.7"}}).status, 403);
  EXPECT_EQ(Ask("127.0.0.1", {{"forwarded", "for=192.0.2.7"}}).status, 403);
}

}  // namespace
}  // namespace kyujin::app
