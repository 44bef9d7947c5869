// Kernels: the inner loops over bitmaps and columns, twice: portable C++ and AVX2, chosen once at
// start. Both give the same bits (tests/unit/base/kernels_test.cc).
//
// Thread rule: Immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kyujin {

// Word arrays hold 64 documents a word, lowest bit first. `words` counts words, `values` column
// values. A range kernel sets bit i of `out` when low ≤ column[i] ≤ high and clears it otherwise;
// `out` has ceil(values / 64) words and the bits past the end are cleared.
struct Kernels {
  std::string_view name;
  void (*and_into)(uint64_t* target, const uint64_t* source, size_t words);
  void (*or_into)(uint64_t* target, const uint64_t* source, size_t words);
  void (*and_not_into)(uint64_t* target, const uint64_t* source, size_t words);
  // target = a AND b, and a AND NOT b: one pass instead of a copy and one.
  void (*and_to)(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words);
  void (*and_not_to)(uint64_t* target, const uint64_t* a, const uint64_t* b, size_t words);
  uint64_t (*count)(const uint64_t* words_begin, size_t words);
  uint64_t (*and_count)(const uint64_t* a, const uint64_t* b, size_t words);
  void (*range8)(const uint8_t* column, size_t values, uint8_t low, uint8_t high, uint64_t* out);
  void (*range16)(
      const uint16_t* column, size_t values, uint16_t low, uint16_t high, uint64_t* out);
  void (*range32)(
      const uint32_t* column, size_t values, uint32_t low, uint32_t high, uint64_t* out);
  // `numbers` has one number for each bit set in `set`, in order. Adds to totals[i], for every bit
  // i set in both `set` and `chosen`, the number of that bit.
  void (*add_chosen)(const uint64_t* set,
                     const uint64_t* chosen,
                     size_t words,
                     const uint32_t* numbers,
                     uint64_t* totals);
  // Like a range kernel: bit i when bit column[i] % 8 of members[column[i] / 8] is set. `members`
  // has 32 bytes.
  void (*member8)(const uint8_t* column, size_t values, const uint8_t* members, uint64_t* out);
  // Adds to totals[b] how many of `masks` have bit b.
  void (*count_bits32)(const uint32_t* masks, size_t count, uint64_t* totals);
};

// The kernels in use: AVX2 where the processor has it, unless the environment says
// KYUJIN_CPU=portable (or avx2, which is ignored where it cannot run).
const Kernels& ActiveKernels();

const Kernels& PortableKernels();
// Requires: HasAvx2().
const Kernels& Avx2Kernels();
bool HasAvx2();

}  // namespace kyujin
