// Compiled with AVX2 enabled: nothing here may run before HasAvx2() said yes, so no inline function
// of another header is used (the linker could keep this file's copy of it for everyone).
#include "engine/base/kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace kyujin {
namespace {

constexpr size_t kWordsPerVector = 4;

__m256i Load(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}
void Store(void* to, __m256i value) {
  _mm256_storeu_si256(static_cast<__m256i*>(to), value);
}

void AndInto(uint64_t* target, const uint64_t* source, size_t words) {
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    Store(target + i, _mm256_and_si256(Load(target + i), Load(source + i)));
  }
  for (; i < words; ++i) {
    target[i] &= source[i];
  }
}

void OrInto(uint64_t* target, const uint64_t* source, size_t words) {
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    Store(target + i, _mm256_or_si256(Load(target + i), Load(source + i)));
  }
  for (; i < words; ++i) {
    target[i] |= source[i];
  }
}

void AndNotInto(uint64_t* target, const uint64_t* source, size_t words) {
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    Store(target + i, _mm256_andnot_si256(Load(source + i), Load(target + i)));
  }
  for (; i < words; ++i) {
    target[i] &= ~source[i];
  }
}

void AndTo(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words) {
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    Store(target + i, _mm256_and_si256(Load(a + i), Load(b + i)));
  }
  for (; i < words; ++i) {
    target[i] = a[i] & b[i];
  }
}

void AndNotTo(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words) {
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    Store(target + i, _mm256_andnot_si256(Load(b + i), Load(a + i)));
  }
  for (; i < words; ++i) {
    target[i] = a[i] & ~b[i];
  }
}

// Bits of each byte by two table look-ups of four bits, summed per 64 bits (Muła, Kurz, Lemire
// 2016).
__m256i CountVector(__m256i value) {
  static constexpr int8_t kBits[] = {0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
                                     0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};
  const __m256i table = Load(kBits);
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  const __m256i low = _mm256_shuffle_epi8(table, _mm256_and_si256(value, nibble));
  const __m256i high =
      _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(value, 4), nibble));
  return _mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256());
}

uint64_t SumLanes(__m256i value) {
  alignas(32) uint64_t lanes[kWordsPerVector];
  Store(lanes, value);
  return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

uint64_t CountWord(uint64_t word) {
  return static_cast<uint64_t>(_mm_popcnt_u64(word));
}

uint64_t Count(const uint64_t* begin, size_t words) {
  __m256i sum = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    sum = _mm256_add_epi64(sum, CountVector(Load(begin + i)));
  }
  uint64_t total = SumLanes(sum);
  for (; i < words; ++i) {
    total += CountWord(begin[i]);
  }
  return total;
}

uint64_t AndCount(const uint64_t* a, const uint64_t* b, size_t words) {
  __m256i sum = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + kWordsPerVector <= words; i += kWordsPerVector) {
    sum = _mm256_add_epi64(sum, CountVector(_mm256_and_si256(Load(a + i), Load(b + i))));
  }
  uint64_t total = SumLanes(sum);
  for (; i < words; ++i) {
    total += CountWord(a[i] & b[i]);
  }
  return total;
}

void AddChosen(const uint64_t* set,
               const uint64_t* chosen,
               size_t words,
               const uint32_t* numbers,
               uint64_t* totals) {
  for (size_t i = 0; i < words; ++i) {
    for (uint64_t both = set[i] & chosen[i]; both != 0; both &= both - 1) {
      const uint64_t below = (both & (~both + 1)) - 1;
      totals[i * 64 + CountWord(below)] += numbers[CountWord(set[i] & below)];
    }
    numbers += CountWord(set[i]);
  }
}

// low ≤ v ≤ high holds exactly when v − low, unsigned, is at most high − low.
uint32_t Mask8(const uint8_t* from, __m256i low, __m256i span) {
  const __m256i shifted = _mm256_sub_epi8(Load(from), low);
  const __m256i inside = _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, span), shifted);
  return static_cast<uint32_t>(_mm256_movemask_epi8(inside));
}

uint32_t Mask16(const uint16_t* from, __m256i low, __m256i span) {
  const __m256i first = _mm256_sub_epi16(Load(from), low);
  const __m256i second = _mm256_sub_epi16(Load(from + 16), low);
  const __m256i packed =
      _mm256_packs_epi16(_mm256_cmpeq_epi16(_mm256_min_epu16(first, span), first),
                         _mm256_cmpeq_epi16(_mm256_min_epu16(second, span), second));
  // packs works within 128-bit lanes; 0xD8 puts the quarters back in order.
  return static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, 0xD8)));
}

uint32_t Mask32(const uint32_t* from, __m256i low, __m256i span) {
  const __m256i shifted = _mm256_sub_epi32(Load(from), low);
  const __m256i inside = _mm256_cmpeq_epi32(_mm256_min_epu32(shifted, span), shifted);
  return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(inside)));
}

// The values that fill no whole vectors; the first of them is bit 0 of `out`.
template <class T>
void Tail(const T* column, size_t values, T low, T high, uint64_t* out) {
  for (size_t i = 0; i < values; ++i) {
    const uint64_t bit = column[i] >= low && column[i] <= high ? 1 : 0;
    if (i % 64 == 0) {
      out[i / 64] = 0;
    }
    out[i / 64] |= bit << (i % 64);
  }
}

void Range8(const uint8_t* column, size_t values, uint8_t low, uint8_t high, uint64_t* out) {
  const auto span = static_cast<uint8_t>(high - low);
  const size_t whole = low > high ? 0 : values / 64 * 64;
  const __m256i lows = _mm256_set1_epi8(static_cast<char>(low));
  const __m256i spans = _mm256_set1_epi8(static_cast<char>(span));
  for (size_t i = 0; i < whole; i += 64) {
    out[i / 64] = uint64_t{Mask8(column + i, lows, spans)} |
                  uint64_t{Mask8(column + i + 32, lows, spans)} << 32;
  }
  Tail(column + whole, values - whole, low, high, out + whole / 64);
}

void Range16(const uint16_t* column, size_t values, uint16_t low, uint16_t high, uint64_t* out) {
  const auto span = static_cast<uint16_t>(high - low);
  const size_t whole = low > high ? 0 : values / 64 * 64;
  const __m256i lows = _mm256_set1_epi16(static_cast<int16_t>(low));
  const __m256i spans = _mm256_set1_epi16(static_cast<int16_t>(span));
  for (size_t i = 0; i < whole; i += 64) {
    out[i / 64] = uint64_t{Mask16(column + i, lows, spans)} |
                  uint64_t{Mask16(column + i + 32, lows, spans)} << 32;
  }
  Tail(column + whole, values - whole, low, high, out + whole / 64);
}

void Range32(const uint32_t* column, size_t values, uint32_t low, uint32_t high, uint64_t* out) {
  const uint32_t span = high - low;
  const size_t whole = low > high ? 0 : values / 64 * 64;
  const __m256i lows = _mm256_set1_epi32(static_cast<int32_t>(low));
  const __m256i spans = _mm256_set1_epi32(static_cast<int32_t>(span));
  for (size_t i = 0; i < whole; i += 64) {
    uint64_t word = 0;
    for (size_t j = 0; j < 64; j += 8) {
      word |= uint64_t{Mask32(column + i + j, lows, spans)} << j;
    }
    out[i / 64] = word;
  }
  Tail(column + whole, values - whole, low, high, out + whole / 64);
}

// For each byte whether it is a member: its low four bits choose a byte of `members` (turned so
// that bit h of byte l stands for value 16 h + l), its high four bits a bit of that.
uint32_t MemberMask(const uint8_t* column, __m256i low_half, __m256i high_half) {
  static constexpr int8_t kBits[] = {1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128,
                                     1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128};
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  const __m256i value = Load(column);
  const __m256i low = _mm256_and_si256(value, nibble);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(value, 4), nibble);
  const __m256i chosen = _mm256_blendv_epi8(
      _mm256_shuffle_epi8(low_half, low), _mm256_shuffle_epi8(high_half, low), value);
  const __m256i bit = _mm256_shuffle_epi8(Load(kBits), high);
  return static_cast<uint32_t>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_and_si256(chosen, bit), bit)));
}

void Member8(const uint8_t* column, size_t values, const uint8_t* members, uint64_t* out) {
  uint8_t halves[2][32] = {};
  for (unsigned value = 0; value < 256; ++value) {
    const unsigned bit = (members[value / 8] >> value % 8 & 1U) << (value / 16 % 8);
    uint8_t* half = halves[value / 128];
    half[value % 16] = static_cast<uint8_t>(half[value % 16] | bit);
    half[value % 16 + 16] = half[value % 16];
  }
  const __m256i low_half = Load(halves[0]);
  const __m256i high_half = Load(halves[1]);
  const size_t whole = values / 64 * 64;
  for (size_t i = 0; i < whole; i += 64) {
    out[i / 64] = uint64_t{MemberMask(column + i, low_half, high_half)} |
                  uint64_t{MemberMask(column + i + 32, low_half, high_half)} << 32;
  }
  for (size_t i = whole; i < values; ++i) {
    out[i / 64] = (i % 64 == 0 ? 0 : out[i / 64]) |
                  uint64_t{members[column[i] / 8] >> column[i] % 8 & 1U} << (i % 64);
  }
}

// One full adder for all bits of eight masks. Returns the carries.
__m256i AddMasks(__m256i a, __m256i b, __m256i* sum) {
  const __m256i before = *sum;
  const __m256i differ = _mm256_xor_si256(a, b);
  *sum = _mm256_xor_si256(before, differ);
  return _mm256_or_si256(_mm256_and_si256(before, differ), _mm256_and_si256(a, b));
}

void AddUp(__m256i sums, uint64_t weight, uint64_t* totals) {
  for (int bit = 31; bit >= 0; --bit) {
    const int lanes = _mm256_movemask_ps(_mm256_castsi256_ps(sums));
    totals[bit] += weight * static_cast<uint64_t>(_mm_popcnt_u32(static_cast<unsigned>(lanes)));
    sums = _mm256_slli_epi32(sums, 1);
  }
}

void CountBits32(const uint32_t* masks, size_t count, uint64_t* totals) {
  __m256i ones = _mm256_setzero_si256();
  __m256i twos = ones;
  __m256i fours = ones;
  size_t i = 0;
  for (; i + 64 <= count; i += 64) {
    const uint32_t* m = masks + i;
    const __m256i two_a = AddMasks(Load(m), Load(m + 8), &ones);
    const __m256i two_b = AddMasks(Load(m + 16), Load(m + 24), &ones);
    const __m256i four_a = AddMasks(two_a, two_b, &twos);
    const __m256i two_c = AddMasks(Load(m + 32), Load(m + 40), &ones);
    const __m256i two_d = AddMasks(Load(m + 48), Load(m + 56), &ones);
    const __m256i four_b = AddMasks(two_c, two_d, &twos);
    AddUp(AddMasks(four_a, four_b, &fours), 8, totals);
  }
  AddUp(ones, 1, totals);
  AddUp(twos, 2, totals);
  AddUp(fours, 4, totals);
  for (; i < count; ++i) {
    for (uint32_t mask = masks[i]; mask != 0; mask &= mask - 1) {
      ++totals[__builtin_ctz(mask)];
    }
  }
}

}  // namespace

bool HasAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

const Kernels& Avx2Kernels() {
  static constexpr Kernels kKernels{"avx2",
                                    AndInto,
                                    OrInto,
                                    AndNotInto,
                                    AndTo,
                                    AndNotTo,
                                    Count,
                                    AndCount,
                                    Range8,
                                    Range16,
                                    Range32,
                                    AddChosen,
                                    Member8,
                                    CountBits32};
  return kKernels;
}

}  // namespace kyujin

#endif
