// Field lengths in one byte: exact up to 127 tokens, then in steps of 8. Ranking only needs to know
// roughly how long a text is, but every path must know it equally.
//
// Thread rule: Immutable.
#pragma once

#include <algorithm>
#include <cstdint>

namespace kyujin::index {

inline constexpr uint32_t kExactLengths = 127;
inline constexpr uint32_t kLengthStep = 8;

inline constexpr uint8_t EncodeLength(uint32_t tokens) {
  if (tokens <= kExactLengths) {
    return static_cast<uint8_t>(tokens);
  }
  return static_cast<uint8_t>(
      std::min<uint32_t>(kExactLengths + (tokens - kExactLengths) / kLengthStep, 255));
}

inline constexpr uint32_t DecodeLength(uint8_t code) {
  return code <= kExactLengths ? code : kExactLengths + (code - kExactLengths) * kLengthStep;
}

}  // namespace kyujin::index
