#include "engine/base/coding.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

// Numbers of every length in bits, so that varints of every length come up.
uint64_t RandomNumber(std::mt19937_64* random) {
  return (*random)() >> ((*random)() % 64);
}

TEST(CodingTest, NumbersAndBytesComeBack) {
  std::mt19937_64 random(test::RandomSeed());
  for (int run = 0; run < 500; ++run) {
    const uint64_t number = RandomNumber(&random);
    const auto small = static_cast<uint16_t>(random());
    const std::string text(random() % 300, static_cast<char>(random()));
    std::string bytes;
    AppendVarint(&bytes, number);
    AppendFixed(&bytes, small);
    AppendBytes(&bytes, text);
    AppendFixed(&bytes, number);
    ByteReader reader(bytes);
    EXPECT_EQ(reader.Varint(), number);
    EXPECT_EQ(reader.Fixed<uint16_t>(), small);
    EXPECT_EQ(reader.Bytes(), text);
    EXPECT_EQ(reader.remaining(), sizeof(uint64_t));
    EXPECT_EQ(reader.Fixed<uint64_t>(), number);
    EXPECT_TRUE(reader.empty());
  }
}

TEST(CodingTest, FixedIsLittleEndian) {
  std::string bytes;
  AppendFixed(&bytes, uint32_t{0x01020304});
  EXPECT_EQ(bytes, std::string("\x04\x03\x02\x01"));
}

TEST(CodingTest, VarintsTakeOneByteForSevenBits) {
  for (unsigned bits = 0; bits <= 64; ++bits) {
    const uint64_t number = bits == 0 ? 0 : std::numeric_limits<uint64_t>::max() >> (64 - bits);
    std::string bytes;
    AppendVarint(&bytes, number);
    EXPECT_EQ(bytes.size(), bits == 0 ? 1 : (bits + 6) / 7);
    EXPECT_EQ(ByteReader(bytes).Varint(), number);
  }
}

TEST(CodingTest, NothingIsReadPastTheEnd) {
  std::string varint;
  AppendVarint(&varint, std::numeric_limits<uint64_t>::max());
  for (size_t size = 0; size < varint.size(); ++size) {
    EXPECT_EQ(ByteReader(std::string_view(varint).substr(0, size)).Varint(), std::nullopt);
  }
  for (size_t size = 0; size < sizeof(uint64_t); ++size) {
    ByteReader reader(std::string_view("12345678").substr(0, size));
    EXPECT_EQ(reader.Fixed<uint64_t>(), std::nullopt);
    EXPECT_EQ(reader.remaining(), 0U);
  }
  std::string bytes;
  AppendBytes(&bytes, "abcdef");
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(ByteReader(std::string_view(bytes).substr(0, size)).Bytes(), std::nullopt);
  }
}

TEST(CodingTest, LengthsThatLieAreRefused) {
  std::string bytes;
  AppendVarint(&bytes, std::numeric_limits<uint64_t>::max());
  bytes += "abc";
  EXPECT_EQ(ByteReader(bytes).Bytes(), std::nullopt);
}

TEST(CodingTest, AfterAReadThatFailedEveryReadFails) {
  for (const std::string& broken : {std::string("\x07") + "ab", std::string(9, '\xFF') + "\x02"}) {
    ByteReader reader(broken);
    ASSERT_EQ(reader.Bytes(), std::nullopt);
    EXPECT_EQ(reader.Varint(), std::nullopt);
    EXPECT_EQ(reader.Bytes(), std::nullopt);
    EXPECT_EQ(reader.Fixed<uint8_t>(), std::nullopt);
  }
}

TEST(CodingTest, VarintsWithAByteTooManyAreRefused) {
  EXPECT_EQ(ByteReader(std::string_view("\x88\0", 2)).Varint(), std::nullopt);
  EXPECT_EQ(ByteReader(std::string_view("\0", 1)).Varint(), 0);
}

TEST(CodingTest, VarintsWithoutEndAreRefused) {
  EXPECT_EQ(ByteReader(std::string(1'000, '\xFF')).Varint(), std::nullopt);
  EXPECT_EQ(ByteReader(std::string(1'000, '\x80')).Varint(), std::nullopt);
}

TEST(CodingTest, AVarintOfMoreThan64BitsIsRefused) {
  const std::string too_much = std::string(9, '\xFF') + "\x02";
  EXPECT_EQ(ByteReader(too_much).Varint(), std::nullopt);
  const std::string largest = std::string(9, '\xFF') + "\x01";
  EXPECT_EQ(ByteReader(largest).Varint(), std::numeric_limits<uint64_t>::max());
}

}  // namespace
}  // namespace kyujin
