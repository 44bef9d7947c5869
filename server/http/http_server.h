// HttpServer: listens, reads requests within HttpLimits, asks the Router, runs handlers on the
// worker pool, writes answers. It knows nothing of search, signals or configuration files.
//
// Walk: listener → session (head, checks, route, body) → worker pool → handler → session (write).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "server/http/http_limits.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::http {

// Thread rule: Thread-compatible; its own threads live from Start() to Stop().
class HttpServer {
 public:
  // Opens `address` ("127.0.0.1:8080", "[::1]:8080", "localhost:8080"; port 0 lets the system
  // choose) but serves nobody before Start(). `observer` must outlive the server.
  // Errors: kInvalidArgument for an address that is none, kUnavailable when it cannot be opened
  // (port in use, no permission), both with the way out.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> Listen(std::string_view address,
                                                                  Router router,
                                                                  const HttpLimits& limits,
                                                                  HttpObserver& observer);
  // Stops without grace.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  HttpServer(HttpServer&&) = delete;
  HttpServer& operator=(HttpServer&&) = delete;

  [[nodiscard]] uint16_t port() const;
  // The address in use with the real port, e.g. "127.0.0.1:8080".
  [[nodiscard]] std::string address() const;
  // The number of workers: HandlerContext::worker_index stays below it.
  [[nodiscard]] size_t worker_count() const;

  // Starts to serve and returns. Requires: called once.
  void Start();
  // Stops accepting, closes idle connections, lets running requests end, announces
  // `Connection: close` on their answers; after `grace` closes what is left. Returns when no thread
  // of the server runs any more, so a handler must honour its deadline. Idempotent.
  // Requires: not called on a thread of the server, nor by two threads at once.
  void Stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin::http
