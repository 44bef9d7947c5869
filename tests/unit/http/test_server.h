// TestServer: an HttpServer on a free port with a few routes, for tests over the loopback device.
#pragma once

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/http/http_server.h"

namespace kyujin::http {

// Keeps what the server reports. Thread rule: Thread-safe.
class RecordingObserver final : public HttpObserver {
 public:
  void OnRequest(const RequestRecord& record) override {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::string(record.method) + " " + std::string(record.route_pattern) + " " +
                     std::to_string(record.status));
  }
  void OnFailure(std::string_view where, std::string_view what) override {
    const std::lock_guard lock(mutex_);
    failures_.push_back(std::string(where) + ": " + std::string(what));
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  std::vector<std::string> failures() {
    const std::lock_guard lock(mutex_);
    return failures_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::vector<std::string> failures_;
};

// A handler that says when it runs and waits to be let go.
class Gate {
 public:
  explicit Gate(int visitors = 1) : entered_(visitors) {}

  HttpResponse Pass() {
    entered_.count_down();
    released_.wait();
    return {.status = 200, .content_type = "text/plain", .headers = {}, .body = "passed"};
  }
  void AwaitVisitors() { entered_.wait(); }
  void Release() { released_.count_down(); }

 private:
  std::latch entered_;
  std::latch released_{1};
};

class TestServer {
 public:
  static constexpr std::chrono::milliseconds kHandlerTimeout{60'000};

  explicit TestServer(HttpLimits limits = {}) {
    limits.worker_threads = limits.worker_threads == 0 ? 2 : limits.worker_threads;
    // Sanitizers and busy machines are slow: no test may depend on the default.
    limits.handler_timeout = kHandlerTimeout;
    auto server = HttpServer::Listen("127.0.0.1:0", Routes(), limits, observer);
    if (!server.has_value()) {
      throw std::runtime_error(server.error().message);
    }
    http = std::move(*server);
    http->Start();
  }

  [[nodiscard]] uint16_t port() const { return http->port(); }

  RecordingObserver observer;
  Gate gate;
  std::unique_ptr<HttpServer> http;

 private:
  static HttpResponse Text(std::string body) {
    return {.status = 200,
            .content_type = "text/plain; charset=utf-8",
            .headers = {{"ETag", "W/\"1\""}},
            .body = std::move(body)};
  }

  Router Routes() {
    Router router;
    router.Add("GET", "/hello", [](const HttpRequest& request, const auto&, const auto&) {
      return Text("hello " + request.query);
    });
    router.Add("GET", "/jobs/{number}", [](const auto&, const PathParameters& path, const auto&) {
      return Text("job " + std::string(path.Get("number")));
    });
    router.Add("GET", "/large", [](const auto&, const auto&, const auto&) {
      return Text(std::string(3'000'000, 'x'));
    });
    router.Add("POST", "/echo", [](const HttpRequest& request, const auto&, const auto&) {
      return Text(request.body);
    });
    router.Add("POST",
               "/bulk",
               [](const HttpRequest& request, const auto&, const auto&) {
                 return Text(std::to_string(request.body.size()));
               },
               {.max_body_bytes = 4U << 20});
    router.Add("GET",
               "/healthz",
               [](const auto&, const auto&, const HandlerContext& context) {
                 return Text(context.worker_index == HandlerContext::kIoThread ? "io" : "worker");
               },
               {.run_on = RunOn::kIoThread});
    router.Add("GET", "/throw", [](const auto&, const auto&, const auto&) -> HttpResponse {
      throw std::runtime_error("secret text");
    });
    router.Add("GET", "/not-modified", [](const auto&, const auto&, const auto&) {
      HttpResponse response = Text("must not be sent");
      response.status = 304;
      return response;
    });
    router.Add(
        "GET", "/gate", [this](const auto&, const auto&, const auto&) { return gate.Pass(); });
    router.Add("GET",
               "/late",
               [this](const auto&, const auto&, const auto&) { return gate.Pass(); },
               {.timeout = std::chrono::milliseconds(0)});
    return router;
  }
};

}  // namespace kyujin::http
