#include "engine/base/hash.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

TEST(HashTest, IsTheXxh3OfTheSpecification) {
  // XXH3_64bits of no bytes, as the specification's own test vectors give it.
  EXPECT_EQ(Hash64(""), 0x2D06800538D394C2U);
  EXPECT_NE(Hash64("a"), Hash64("b"));
  EXPECT_NE(Hash64("a"), Hash64("a", 1));
}

TEST(HashTest, PiecesHashLikeTheWhole) {
  std::mt19937_64 random(test::RandomSeed());
  std::string whole(20'000, '\0');
  for (char& byte : whole) {
    byte = static_cast<char>(random());
  }
  for (int run = 0; run < 50; ++run) {
    StreamHash64 hash;
    std::string_view rest = whole;
    while (!rest.empty()) {
      const size_t size = std::min<size_t>(random() % 3'000, rest.size());
      hash.Update(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    ASSERT_EQ(hash.Digest(), Hash64(whole));
  }
}

TEST(HashTest, HexHasSixteenDigits) {
  EXPECT_EQ(ToHex(0), "0000000000000000");
  EXPECT_EQ(ToHex(0xABCDEF), "0000000000abcdef");
  EXPECT_EQ(ToHex(UINT64_MAX), "ffffffffffffffff");
}

}  // namespace
}  // namespace kyujin
