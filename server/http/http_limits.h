// HttpLimits: every bound the HTTP server keeps. server/app fills it once and checks the ranges.
//
// Thread rule: Immutable.
#pragma once

#include <chrono>
#include <cstddef>

namespace kyujin::http {

struct HttpLimits {
  // Bytes. What is longer is refused before it is read.
  size_t max_request_line_bytes = 8'000;  // 414; RFC 9110 4.1 asks for at least 8000
  size_t max_header_bytes = 16'384;       // 431; all fields together
  size_t max_header_field_bytes = 8'192;  // 431; one field
  size_t max_header_fields = 100;         // 431
  size_t max_body_bytes = 65'536;         // 413; RouteOptions may say otherwise

  // Each phase has one absolute deadline: a byte now and then does not move it.
  std::chrono::milliseconds idle_timeout{15'000};   // no request on the connection: close
  std::chrono::milliseconds header_timeout{5'000};  // from its first byte: 408
  std::chrono::milliseconds body_timeout{10'000};   // 408
  std::chrono::milliseconds write_timeout{10'000};  // the client does not read: close
  std::chrono::milliseconds linger_timeout{1'000};  // after a refusal, for the client to read it

  // What a handler gets as its Deadline, counted from the complete request, queue included.
  std::chrono::milliseconds handler_timeout{1'000};
  // A handler that overruns its deadline by this much loses its client: 503, connection closed.
  std::chrono::milliseconds handler_overrun{9'000};

  // Connections over the first number get a 503 and are closed.
  size_t max_connections = 16'000;
  size_t max_requests_per_connection = 1'000'000;

  // Overload: a request is refused (503, Retry-After) when this many wait, or when more than
  // `queue_wait_exempt` wait and the oldest has done so for longer than `max_queue_wait`.
  size_t max_queued_requests = 256;
  size_t queue_wait_exempt = 8;
  std::chrono::milliseconds max_queue_wait{500};

  size_t io_threads = 1;
  size_t worker_threads = 0;  // 0: one per processor

  // Bodies from this size on are compressed for clients that ask for it.
  size_t min_gzip_bytes = 1'024;
  int gzip_level = 1;  // 1 (fast) to 9 (small)
};

}  // namespace kyujin::http
