// Bytes as a query string and as a path segment: what is accepted must be UTF-8 without NUL, and
// encoding it again must decode to the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http/url.h"

namespace {

using kyujin::http::DecodePathSegment;
using kyujin::http::IsValidUtf8;
using kyujin::http::kMaxQueryPairs;
using kyujin::http::ParseQuery;

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

std::string Encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    encoded += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return encoded;
}

void RequireText(std::string_view text) {
  Require(IsValidUtf8(text) && text.find('\0') == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto pairs = ParseQuery(bytes); pairs.has_value()) {
    Require(pairs->size() <= kMaxQueryPairs);
    std::string again;
    for (const auto& [name, value] : *pairs) {
      RequireText(name);
      RequireText(value);
      again += Encoded(name) + "=" + Encoded(value) + "&";
    }
    const auto reparsed = ParseQuery(again);
    Require(reparsed.has_value() && *reparsed == *pairs);
  }
  if (const auto segment = DecodePathSegment(bytes); segment.has_value()) {
    RequireText(*segment);
    const auto again = DecodePathSegment(Encoded(*segment));
    Require(again.has_value() && *again == *segment);
  }
  return 0;
}
