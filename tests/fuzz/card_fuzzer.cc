// Stored postings: any bytes are a posting or an error; a posting that was read can be written and
// read. The first byte says where the hit ends and the card begins.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "engine/index/card_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t end_of_hit = std::min<size_t>(data[0], bytes.size());
  const auto posting =
      kyujin::index::DecodePosting(bytes.substr(0, end_of_hit), bytes.substr(end_of_hit));
  if (!posting.has_value()) {
    KYUJIN_CHECK(posting.error().code == kyujin::ErrorCode::kCorruption);
    return 0;
  }
  kyujin::index::StoredPosting stored;
  kyujin::index::EncodePosting(*posting, &stored);
  const auto again = kyujin::index::DecodePosting(stored.hit, stored.card);
  KYUJIN_CHECK(again.has_value());
  kyujin::index::StoredPosting second;
  kyujin::index::EncodePosting(*again, &second);
  KYUJIN_CHECK(second == stored);
  return 0;
}
