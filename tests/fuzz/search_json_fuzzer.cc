// Bodies of POST /v1/jobs/search.
#include <cstdint>
#include <string_view>

#include "tests/fuzz/request_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto body = kyujin::ParseJson(text);
  if (body.has_value()) {
    kyujin::CheckOutcome(kyujin::query::ParseSearchJson(*body, &kyujin::FuzzAnalyzer()));
  }
  return 0;
}
