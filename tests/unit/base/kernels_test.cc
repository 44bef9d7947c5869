// Every kernel, portable and AVX2, against a loop that says what it means.
#include "engine/base/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

constexpr size_t kMaxLength = 200;
constexpr size_t kMaxShift = 3;
constexpr uint64_t kCanary = 0xA5A5A5A5A5A5A5A5;

class KernelsTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (GetParam() == std::string("avx2") && !HasAvx2()) {
      GTEST_SKIP() << "this processor has no AVX2";
    }
  }
  static const Kernels& Tested() {
    return GetParam() == std::string("avx2") ? Avx2Kernels() : PortableKernels();
  }

  std::vector<uint64_t> RandomWords(size_t count) {
    std::vector<uint64_t> words(count);
    for (uint64_t& word : words) {
      // Empty and full words are as likely as mixed ones.
      const uint64_t kind = random_() % 4;
      word = kind == 0 ? 0 : kind == 1 ? ~uint64_t{0} : random_();
    }
    return words;
  }

  // Half of the values lie close to an end or to `pivot`.
  template <class T>
  std::vector<T> RandomColumn(size_t count, T pivot) {
    std::vector<T> column(count);
    for (T& value : column) {
      const auto drawn = static_cast<T>(random_());
      const auto small = static_cast<T>(random_() % 3);
      switch (random_() % 6) {
        case 0:
          value = small;
          break;
        case 1:
          value = static_cast<T>(std::numeric_limits<T>::max() - small);
          break;
        case 2:
          value = static_cast<T>(pivot + small - 1);
          break;
        default:
          value = drawn;
      }
    }
    return column;
  }

  template <class T>
  using RangeKernel = void (*)(const T*, size_t, T, T, uint64_t*);

  template <class T>
  static void CheckRange(RangeKernel<T> kernel, const T* column, size_t values, T low, T high) {
    const size_t words = (values + 63) / 64;
    std::vector<uint64_t> out(words + 1, kCanary);
    kernel(column, values, low, high, out.data());
    std::vector<uint64_t> expected(words + 1);
    for (size_t i = 0; i < values; ++i) {
      if (low <= column[i] && column[i] <= high) {
        expected[i / 64] |= uint64_t{1} << (i % 64);
      }
    }
    expected[words] = kCanary;
    ASSERT_EQ(out, expected) << values << " values in [" << uint64_t{low} << ", " << uint64_t{high}
                             << "]";
  }

  template <class T>
  void CheckRanges(RangeKernel<T> kernel) {
    constexpr T kMax = std::numeric_limits<T>::max();
    for (size_t length = 0; length <= kMaxLength; ++length) {
      const auto low = static_cast<T>(random_());
      const auto high = static_cast<T>(random_());
      const std::vector<T> column = RandomColumn<T>(length + kMaxShift, low);
      const std::vector<std::pair<T, T>> ranges = {{low, high},
                                                   {high, low},
                                                   {low, low},
                                                   {0, 0},
                                                   {0, kMax},
                                                   {kMax, kMax},
                                                   {kMax, 0},
                                                   {1, static_cast<T>(kMax - 1)},
                                                   {low, kMax},
                                                   {0, high}};
      for (size_t shift = 0; shift <= kMaxShift; ++shift) {
        for (const auto& [from, to] : ranges) {
          CheckRange<T>(kernel, column.data() + shift, length, from, to);
        }
      }
    }
  }

  template <class Naive>
  void CheckInto(void (*kernel)(uint64_t*, const uint64_t*, size_t), Naive naive) {
    for (size_t length = 0; length <= kMaxLength; ++length) {
      const std::vector<uint64_t> source = RandomWords(length + kMaxShift);
      for (size_t shift = 0; shift <= kMaxShift; ++shift) {
        std::vector<uint64_t> target = RandomWords(length + kMaxShift + 1);
        std::vector<uint64_t> expected = target;
        for (size_t i = 0; i < length; ++i) {
          expected[i + shift] = naive(target[i + shift], source[i + kMaxShift - shift]);
        }
        kernel(target.data() + shift, source.data() + kMaxShift - shift, length);
        ASSERT_EQ(target, expected) << length << " words, shifted by " << shift;
      }
    }
  }

  static uint64_t CountBits(uint64_t word) {
    uint64_t count = 0;
    for (; word != 0; word &= word - 1) {
      ++count;
    }
    return count;
  }

  std::mt19937_64 random_{test::RandomSeed()};
};

TEST_P(KernelsTest, AndInto) {
  CheckInto(Tested().and_into, [](uint64_t a, uint64_t b) { return a & b; });
}

TEST_P(KernelsTest, OrInto) {
  CheckInto(Tested().or_into, [](uint64_t a, uint64_t b) { return a | b; });
}

TEST_P(KernelsTest, AndNotInto) {
  CheckInto(Tested().and_not_into, [](uint64_t a, uint64_t b) { return a & ~b; });
}

TEST_P(KernelsTest, AndToAndAndNotTo) {
  for (size_t length = 0; length <= kMaxLength; ++length) {
    // Odd places, so that nothing is aligned by chance.
    const std::vector<uint64_t> a = RandomWords(length + 1);
    const std::vector<uint64_t> b = RandomWords(length);
    std::vector<uint64_t> both = RandomWords(length + 1);
    std::vector<uint64_t> without = both;
    const uint64_t after = both[length];
    Tested().and_to(both.data(), a.data() + 1, b.data(), length);
    Tested().and_not_to(without.data(), a.data() + 1, b.data(), length);
    for (size_t i = 0; i < length; ++i) {
      ASSERT_EQ(both[i], a[i + 1] & b[i]) << length;
      ASSERT_EQ(without[i], a[i + 1] & ~b[i]) << length;
    }
    ASSERT_EQ(both[length], after) << "wrote past the end";
    ASSERT_EQ(without[length], after) << "wrote past the end";
  }
}

TEST_P(KernelsTest, CountsBits) {
  for (size_t length = 0; length <= kMaxLength; ++length) {
    const std::vector<uint64_t> a = RandomWords(length + 1);
    const std::vector<uint64_t> b = RandomWords(length);
    uint64_t count = 0;
    uint64_t common = 0;
    for (size_t i = 0; i < length; ++i) {
      count += CountBits(a[i + 1]);
      common += CountBits(a[i + 1] & b[i]);
    }
    ASSERT_EQ(Tested().count(a.data() + 1, length), count) << length;
    ASSERT_EQ(Tested().and_count(a.data() + 1, b.data(), length), common) << length;
  }
}

TEST_P(KernelsTest, CountsFullBitmapsWithoutOverflow) {
  const std::vector<uint64_t> full(100'000, ~uint64_t{0});
  EXPECT_EQ(Tested().count(full.data(), full.size()), full.size() * 64);
  EXPECT_EQ(Tested().and_count(full.data(), full.data(), full.size()), full.size() * 64);
}

TEST_P(KernelsTest, Range8) {
  CheckRanges<uint8_t>(Tested().range8);
}

TEST_P(KernelsTest, Range16) {
  CheckRanges<uint16_t>(Tested().range16);
}

TEST_P(KernelsTest, Range32) {
  CheckRanges<uint32_t>(Tested().range32);
}

TEST_P(KernelsTest, EveryByteRangeOverEveryByte) {
  std::vector<uint8_t> column(256);
  for (size_t i = 0; i < column.size(); ++i) {
    column[i] = static_cast<uint8_t>(i);
  }
  std::shuffle(column.begin(), column.end(), random_);
  for (unsigned low = 0; low < 256; low += 5) {
    for (unsigned high = 0; high < 256; ++high) {
      CheckRange<uint8_t>(Tested().range8,
                          column.data(),
                          column.size(),
                          static_cast<uint8_t>(low),
                          static_cast<uint8_t>(high));
    }
  }
}

TEST_P(KernelsTest, AddsTheNumbersOfChosenBits) {
  for (size_t words = 0; words <= 9; ++words) {
    const std::vector<uint64_t> set = RandomWords(words);
    const std::vector<uint64_t> chosen = RandomWords(words);
    std::vector<uint32_t> numbers;
    std::vector<uint64_t> totals(words * 64 + 1, 7);
    std::vector<uint64_t> expected = totals;
    for (size_t bit = 0; bit < words * 64; ++bit) {
      if ((set[bit / 64] >> (bit % 64) & 1) == 0) {
        continue;
      }
      numbers.push_back(static_cast<uint32_t>(random_()));
      expected[bit] += (chosen[bit / 64] >> (bit % 64) & 1) != 0 ? numbers.back() : 0;
    }
    Tested().add_chosen(set.data(), chosen.data(), words, numbers.data(), totals.data());
    ASSERT_EQ(totals, expected);
  }
}

TEST_P(KernelsTest, Member8KeepsTheMembersOfASet) {
  for (size_t length = 0; length < kMaxLength; ++length) {
    std::vector<uint8_t> members(32);
    for (uint8_t& byte : members) {
      byte = static_cast<uint8_t>(random_() & random_());
    }
    const std::vector<uint8_t> column = RandomColumn<uint8_t>(length, 128);
    std::vector<uint64_t> out((length + 63) / 64 + 1, kCanary);
    Tested().member8(column.data(), length, members.data(), out.data());
    for (size_t i = 0; i < (length + 63) / 64 * 64; ++i) {
      const bool is_member = i < length && (members[column[i] / 8] >> column[i] % 8 & 1) != 0;
      ASSERT_EQ((out[i / 64] >> i % 64 & 1) != 0, is_member) << i << " of " << length;
    }
    EXPECT_EQ(out.back(), kCanary);
  }
}

TEST_P(KernelsTest, CountBits32AddsUpEachBit) {
  for (size_t length = 0; length < 3 * kMaxLength; ++length) {
    std::vector<uint32_t> masks(length);
    std::vector<uint64_t> totals(32);
    for (uint32_t& mask : masks) {
      mask = static_cast<uint32_t>(random_() % 4 == 0 ? ~uint64_t{0} : random_());
    }
    for (size_t bit = 0; bit < totals.size(); ++bit) {
      totals[bit] = bit;
    }
    Tested().count_bits32(masks.data(), length, totals.data());
    for (size_t bit = 0; bit < totals.size(); ++bit) {
      const auto set = std::count_if(
          masks.begin(), masks.end(), [bit](uint32_t mask) { return (mask >> bit & 1) != 0; });
      ASSERT_EQ(totals[bit], bit + static_cast<uint64_t>(set)) << bit << " of " << length;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, KernelsTest, testing::Values("portable", "avx2"), [](const auto& p) {
  return std::string(p.param);
});

TEST(ActiveKernelsTest, FollowsTheEnvironment) {
  const char* wanted = std::getenv("KYUJIN_CPU");  // NOLINT(concurrency-mt-unsafe)
  const bool portable = wanted != nullptr && std::string(wanted) == "portable";
  EXPECT_EQ(ActiveKernels().name, portable || !HasAvx2() ? "portable" : "avx2");
}

}  // namespace
}  // namespace kyujin
