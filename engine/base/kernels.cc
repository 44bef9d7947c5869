#include "engine/base/kernels.h"

#include <bit>
#include <cstdlib>

namespace kyujin {
namespace {

void AndInto(uint64_t* target, const uint64_t* source, size_t words) {
  for (size_t i = 0; i < words; ++i) {
    target[i] &= source[i];
  }
}

void OrInto(uint64_t* target, const uint64_t* source, size_t words) {
  for (size_t i = 0; i < words; ++i) {
    target[i] |= source[i];
  }
}

void AndNotInto(uint64_t* target, const uint64_t* source, size_t words) {
  for (size_t i = 0; i < words; ++i) {
    target[i] &= ~source[i];
  }
}

uint64_t Count(const uint64_t* begin, size_t words) {
  uint64_t total = 0;
  for (size_t i = 0; i < words; ++i) {
    total += static_cast<uint64_t>(std::popcount(begin[i]));
  }
  return total;
}

uint64_t AndCount(const uint64_t* a, const uint64_t* b, size_t words) {
  uint64_t total = 0;
  for (size_t i = 0; i < words; ++i) {
    total += static_cast<uint64_t>(std::popcount(a[i] & b[i]));
  }
  return total;
}

template <class T>
void Range(const T* column, size_t values, T low, T high, uint64_t* out) {
  for (size_t start = 0; start < values; start += 64) {
    const size_t end = values - start < 64 ? values - start : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < end; ++i) {
      const T value = column[start + i];
      word |= uint64_t{value >= low && value <= high} << i;
    }
    out[start / 64] = word;
  }
}

void AddChosen(const uint64_t* set,
               const uint64_t* chosen,
               size_t words,
               const uint32_t* numbers,
               uint64_t* totals) {
  for (size_t i = 0; i < words; ++i) {
    if ((set[i] & chosen[i]) == 0) {
      numbers += std::popcount(set[i]);
      continue;
    }
    for (uint64_t rest = set[i]; rest != 0; rest &= rest - 1) {
      const uint64_t bit = rest & (~rest + 1);
      if ((chosen[i] & bit) != 0) {
        totals[i * 64 + static_cast<size_t>(std::countr_zero(bit))] += *numbers;
      }
      ++numbers;
    }
  }
}

const Kernels& Choose() {
  const char* wanted =
      std::getenv("KYUJIN_CPU");  // NOLINT(concurrency-mt-unsafe): read once, before any setenv
  const bool portable = wanted != nullptr && std::string_view(wanted) == "portable";
  return !portable && HasAvx2() ? Avx2Kernels() : PortableKernels();
}

}  // namespace

const Kernels& PortableKernels() {
  static constexpr Kernels kKernels{"portable",
                                    AndInto,
                                    OrInto,
                                    AndNotInto,
                                    Count,
                                    AndCount,
                                    Range<uint8_t>,
                                    Range<uint16_t>,
                                    Range<uint32_t>,
                                    AddChosen};
  return kKernels;
}

const Kernels& ActiveKernels() {
  static const Kernels& chosen = Choose();
  return chosen;
}

#if !defined(__x86_64__)
bool HasAvx2() {
  return false;
}
const Kernels& Avx2Kernels() {
  return PortableKernels();
}
#endif

}  // namespace kyujin
