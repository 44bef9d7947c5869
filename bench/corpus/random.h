// Random: the generator's own random numbers (splitmix64), because the standard distributions give
// different values from one library to another and the corpus must be the same everywhere.
#pragma once

#include <cstdint>

namespace kyujin::corpus {

// Returns a seed made of both parts; streams of different parts are unrelated.
constexpr uint64_t MixSeeds(uint64_t a, uint64_t b) {
  uint64_t z = a + 0x9e3779b97f4a7c15ULL * (b + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Thread rule: **Thread-compatible.**
class Random {
 public:
  explicit constexpr Random(uint64_t seed) : state_(seed) {}

  constexpr uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // Returns a number in [0, bound). Requires: bound > 0.
  constexpr uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>(((Next() >> 32) * bound) >> 32);
  }

  // Returns a number in [0, bound) that favours small ones: its density falls as 1/sqrt.
  constexpr uint32_t SkewedBelow(uint32_t bound) {
    const uint64_t u = Next() >> 32;
    return static_cast<uint32_t>((((u * u) >> 32) * bound) >> 32);
  }

  // Returns a number in [low, high]. Requires: low <= high.
  constexpr int Between(int low, int high) {
    return low + static_cast<int>(Below(static_cast<uint32_t>(high - low + 1)));
  }

  // Returns true in `share` of 1,000 cases.
  constexpr bool Permille(uint32_t share) { return Below(1000) < share; }

 private:
  uint64_t state_;
};

}  // namespace kyujin::corpus
