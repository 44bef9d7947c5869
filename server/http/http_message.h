// HttpRequest and HttpResponse: what a handler gets and gives. No socket, no Beast: tests build
// them by hand.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/event_stream.h"

namespace kyujin::http {

using HeaderField = std::pair<std::string, std::string>;

// One request, read and checked as a whole. Thread rule: Thread-compatible.
struct HttpRequest {
  std::string method;  // as sent; a HEAD request that a GET handler serves says "HEAD"
  std::string path;    // as sent, still percent-encoded, from '/' up to '?'
  std::string query;   // as sent, what follows '?'; see ParseQuery in url.h
  std::vector<HeaderField> headers;
  std::string body;
  std::string remote_address;                      // numeric, without port
  std::chrono::steady_clock::time_point received;  // when the request was complete

  // Returns the value of the first header `name` (any case), valid as long as the request.
  [[nodiscard]] std::optional<std::string_view> Header(std::string_view name) const;
};

// One answer. Content-Length, Connection, Date and the security headers are the server's business;
// statuses 204 and 304 go out without their body. Thread rule: Thread-compatible.
struct HttpResponse {
  int status = 200;
  std::string content_type;  // empty: no Content-Type
  std::vector<HeaderField> headers;
  std::string body;
  // When set, `body` is empty, events follow the head, and the connection ends with them.
  EventStreamStart stream = nullptr;

  // Returns the value of the first header `name` (any case), valid until the response changes.
  [[nodiscard]] std::optional<std::string_view> Header(std::string_view name) const;
};

// Compares header names and tokens without regard to ASCII case.
[[nodiscard]] bool EqualsIgnoreCase(std::string_view a, std::string_view b);

}  // namespace kyujin::http
