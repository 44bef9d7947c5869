// Query strings of a search, from the bytes after `?` to the request.
#include <cstdint>
#include <string_view>

#include "tests/fuzz/request_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto pairs = kyujin::http::ParseQuery(text);
  if (pairs.has_value()) {
    kyujin::CheckOutcome(kyujin::query::ParseSearchParameters(*pairs, &kyujin::FuzzAnalyzer()));
  }
  return 0;
}
