// ParsePlaces: the file of --places, positions of municipalities as CSV `code,lat,lon`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::indexer {

struct PlacePosition {
  uint32_t code = 0;  // municipality, 5 digits
  double latitude = 0;
  double longitude = 0;
};

// Returns the positions in order of code. The first line is the header; lines end with LF or CRLF.
// Errors: kInvalidArgument naming the line: another header, not three columns, a code that is not
// of five digits or comes twice, a position that is not on Earth.
Result<std::vector<PlacePosition>> ParsePlaces(std::string_view csv);

}  // namespace kyujin::indexer
