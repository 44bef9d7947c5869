// Bytes as a request head: scanner, parser, checks, router and content negotiation. The scanner
// must say the same whether the bytes come at once or one by one.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "server/http/content_coding.h"
#include "server/http/head_scanner.h"
#include "server/http/request_head.h"
#include "server/http/router.h"

namespace {

using namespace std::literals;
using kyujin::http::CheckedHead;
using kyujin::http::CheckHead;
using kyujin::http::HeadScan;
using kyujin::http::HeadScanner;
using kyujin::http::HttpLimits;
using kyujin::http::ParseAcceptEncoding;
using kyujin::http::ParsedHead;
using kyujin::http::ParseHead;
using kyujin::http::Refusal;
using kyujin::http::Router;

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

HttpLimits SmallLimits() {
  HttpLimits limits;
  limits.max_request_line_bytes = 200;
  limits.max_header_bytes = 400;
  limits.max_header_field_bytes = 150;
  limits.max_header_fields = 10;
  return limits;
}

HeadScan ScanBytewise(std::string_view bytes, const HttpLimits& limits) {
  HeadScanner scanner(limits);
  HeadScan scan;
  for (size_t size = 1; size <= bytes.size() && scan.state == HeadScan::State::kIncomplete;
       ++size) {
    scan = scanner.Scan(bytes.substr(0, size));
  }
  return scan;
}

void Route(const CheckedHead& head, std::string_view method) {
  Router router;
  const auto handler = [](const auto&, const auto&, const auto&) {
    return kyujin::http::HttpResponse{};
  };
  router.Add("GET", "/v1/jobs/{number}", handler);
  router.Add("POST", "/v1/jobs/search", handler);
  const auto found = router.Find(method, head.path);
  if (const auto* response = std::get_if<kyujin::http::HttpResponse>(&found)) {
    Require(response->status == 204 || (response->status >= 400 && response->status < 600));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const HttpLimits limits = SmallLimits();
  const HeadScan scan = HeadScanner(limits).Scan(bytes);
  const HeadScan slow = ScanBytewise(bytes, limits);
  Require(scan.state == slow.state && scan.status == slow.status && scan.end == slow.end);
  if (scan.state != HeadScan::State::kComplete) {
    return 0;
  }
  Require(scan.begin < scan.end && scan.end <= size);
  const std::string_view head_bytes = bytes.substr(scan.begin, scan.end - scan.begin);
  Require(head_bytes.ends_with("\r\n\r\n"sv));
  const auto parsed = ParseHead(head_bytes);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
    Require(refusal->status >= 400);
    return 0;
  }
  const auto& head = std::get<ParsedHead>(parsed);
  for (const auto& [name, value] : head.fields) {
    static_cast<void>(ParseAcceptEncoding(value));
  }
  const auto checked = CheckHead(head);
  if (const auto* good = std::get_if<CheckedHead>(&checked)) {
    Require(good->path == "*" || good->path.starts_with('/'));
    Route(*good, head.method);
  }
  return 0;
}
