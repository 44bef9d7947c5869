// Cards: any bytes are a posting or an error; a posting that was read can be written and read.
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/index/card_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto posting = kyujin::index::DecodeCard({reinterpret_cast<const char*>(data), size});
  if (!posting.has_value()) {
    KYUJIN_CHECK(posting.error().code == kyujin::ErrorCode::kCorruption);
    return 0;
  }
  std::string card;
  kyujin::index::EncodeCard(*posting, &card);
  const auto again = kyujin::index::DecodeCard(card);
  KYUJIN_CHECK(again.has_value());
  std::string second;
  kyujin::index::EncodeCard(*again, &second);
  KYUJIN_CHECK(second == card);
  return 0;
}
