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

void AndTo(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words) {
  for (size_t i = 0; i < words; ++i) {
    target[i] = a[i] & b[i];
  }
}

void AndNotTo(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words) {
  for (size_t i = 0; i < words; ++i) {
    target[i] = a[i] & ~b[i];
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

void Member8(const uint8_t* column, size_t values, const uint8_t* members, uint64_t* out) {
  for (size_t start = 0; start < values; start += 64) {
    const size_t end = values - start < 64 ? values - start : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < end; ++i) {
      const uint8_t value = column[start + i];
      word |= uint64_t{members[value / 8] >> value % 8 & 1U} << i;
    }
    out[start / 64] = word;
  }
}

// Eight masks at a time go through full adders (Harley and Seal), so that bits are only looked at
// one by one in every eighth sum.
void CountBits32(const uint32_t* masks, size_t count, uint64_t* totals) {
  const auto add_up = [totals](uint32_t mask, uint64_t weight) {
    for (; mask != 0; mask &= mask - 1) {
      totals[std::countr_zero(mask)] += weight;
    }
  };
  uint32_t ones = 0;
  uint32_t twos = 0;
  uint32_t fours = 0;
  const auto add = [](uint32_t a, uint32_t b, uint32_t* sum) {
    const uint32_t before = *sum;
    *sum = before ^ a ^ b;
    return (before & (a ^ b)) | (a & b);
  };
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const uint32_t* m = masks + i;
    const uint32_t two_a = add(m[0], m[1], &ones);
    const uint32_t two_b = add(m[2], m[3], &ones);
    const uint32_t four_a = add(two_a, two_b, &twos);
    const uint32_t two_c = add(m[4], m[5], &ones);
    const uint32_t two_d = add(m[6], m[7], &ones);
    const uint32_t four_b = add(two_c, two_d, &twos);
    add_up(add(four_a, four_b, &fours), 8);
  }
  add_up(ones, 1);
  add_up(twos, 2);
  add_up(fours, 4);
  for (; i < count; ++i) {
    add_up(masks[i], 1);
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
                                    AndTo,
                                    AndNotTo,
                                    Count,
                                    AndCount,
                                    Range<uint8_t>,
                                    Range<uint16_t>,
                                    Range<uint32_t>,
                                    AddChosen,
                                    Member8,
                                    CountBits32};
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
