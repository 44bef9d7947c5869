// HttpObserver: how the server tells what happened, for logs and metrics; server/app implements it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace kyujin::http {

// One answered request. Views hold during the call only, and are bytes from outside: escape them.
struct RequestRecord {
  std::string_view remote_address;
  std::string_view method;         // empty when the request line could not be read
  std::string_view path;           // as sent
  std::string_view query;          // as sent
  std::string_view route_pattern;  // e.g. "/v1/jobs/{number}"; empty when no route was found
  int status = 0;
  size_t request_body_bytes = 0;
  size_t response_body_bytes = 0;         // as sent, after compression
  std::chrono::microseconds duration{0};  // from the complete request head to the answer written
};

// Thread rule: Thread-safe; called on I/O and worker threads, so it must not block. Must not throw.
class HttpObserver {
 public:
  HttpObserver() = default;
  virtual ~HttpObserver() = default;
  HttpObserver(const HttpObserver&) = delete;
  HttpObserver& operator=(const HttpObserver&) = delete;
  HttpObserver(HttpObserver&&) = delete;
  HttpObserver& operator=(HttpObserver&&) = delete;

  // A request was answered, or its answer could not be written.
  virtual void OnRequest(const RequestRecord& /*record*/) {}
  // Something failed that is a fault of ours or of the machine: a handler threw, accept() failed.
  // `what` is internal text that no client saw.
  virtual void OnFailure(std::string_view /*where*/, std::string_view /*what*/) {}
};

}  // namespace kyujin::http
