// The bytes of a saved query, as a store gives them back, whoever wrote them.
#include <cstdint>
#include <string_view>

#include "tests/fuzz/request_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const kyujin::query::ParseOutcome outcome =
      kyujin::query::ParseFrozenQuery(text, &kyujin::FuzzAnalyzer());
  if (outcome.has_request()) {
    kyujin::CheckFrozen(outcome.request);
  } else {
    kyujin::CheckErrors(outcome);
  }
  for (const std::string& part : kyujin::query::SplitFrozenQuery(text)) {
    kyujin::query::ParseFrozenQuery(part, &kyujin::FuzzAnalyzer());
  }
  return 0;
}
