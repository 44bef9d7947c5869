// PlaceList: which postings of a publication a query matched, as bytes: gaps between ascending
// places as varints.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::store {

// Requires: ascending, unique.
std::string EncodePlaces(std::span<const uint32_t> places);
// Errors: kCorruption.
Result<std::vector<uint32_t>> DecodePlaces(std::string_view bytes);

}  // namespace kyujin::store
