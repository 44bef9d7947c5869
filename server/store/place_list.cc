#include "server/store/place_list.h"

#include "engine/base/coding.h"

namespace kyujin::store {

std::string EncodePlaces(std::span<const uint32_t> places) {
  std::string bytes;
  uint64_t next = 0;
  for (const uint32_t place : places) {
    KYUJIN_CHECK(place >= next);
    AppendVarint(&bytes, place - next);
    next = uint64_t{place} + 1;
  }
  return bytes;
}

Result<std::vector<uint32_t>> DecodePlaces(std::string_view bytes) {
  std::vector<uint32_t> places;
  ByteReader reader(bytes);
  uint64_t next = 0;
  while (!reader.empty()) {
    const auto gap = reader.Varint();
    if (!gap || *gap > UINT32_MAX - next) {
      return Corruption("the store has a list of matches that cannot be read");
    }
    places.push_back(static_cast<uint32_t>(next + *gap));
    next += *gap + 1;
  }
  return places;
}

}  // namespace kyujin::store
