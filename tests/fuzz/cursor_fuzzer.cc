// Cursor texts: only what EncodeCursor wrote is a cursor.
#include <cstdint>
#include <string_view>

#include "engine/query/cursor.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cursor = kyujin::query::DecodeCursor(text);
  if (cursor.has_value()) {
    KYUJIN_CHECK(kyujin::query::EncodeCursor(*cursor) == text);
  }
  return 0;
}
