#include "indexer/memory_size.h"

#include <charconv>
#include <limits>
#include <string>

namespace kyujin::indexer {

Result<uint64_t> ParseMemorySize(std::string_view text) {
  const Error error = InvalidArgument(
      "\"" + std::string(text) + "\" is no size of memory; say e.g. 512M or 4G (64M at least)");
  uint64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc()) {
    return error;
  }
  std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  constexpr std::string_view kUnits = "KMGT";
  unsigned shift = 0;
  if (!unit.empty() && kUnits.find(unit.front()) != std::string_view::npos) {
    shift = 10 * (static_cast<unsigned>(kUnits.find(unit.front())) + 1);
    unit.remove_prefix(1);
  }
  const bool is_known_unit = unit.empty() || unit == "B" || (unit == "iB" && shift > 0);
  if (!is_known_unit || value > (std::numeric_limits<uint64_t>::max() >> shift)) {
    return error;
  }
  value <<= shift;
  return value >= kMinMemory ? Result<uint64_t>(value) : Result<uint64_t>(error);
}

}  // namespace kyujin::indexer
