// Made-up sets of documents, the same for the same arguments.
#pragma once

#include <cstdint>

#include "bench/corpus/random.h"
#include "engine/base/bitmap.h"

namespace kyujin::bench {

// Returns a set over `documents` in which each is with the chance `share` / 10,000.
inline Bitmap RandomSet(uint32_t documents, uint32_t share, uint64_t seed) {
  constexpr uint32_t kWhole = 10'000;
  corpus::Random random(seed);
  Bitmap set(documents);
  for (uint32_t doc = 0; doc < documents; ++doc) {
    if (random.Below(kWhole) < share) {
      set.Set(doc);
    }
  }
  return set;
}

}  // namespace kyujin::bench
