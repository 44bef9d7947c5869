#include "engine/query/cursor.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>

namespace kyujin::query {
namespace {

const Cursor kExample{
    0x0123456789ABCDEF, 42, 0xFEDCBA9876543210, 0xFFFFFFFFFFFFFFFF, 1301012345678};

TEST(CursorTest, RoundTrip) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 1000; ++i) {
    const Cursor cursor{random(), random(), random(), random(), random()};
    const auto decoded = DecodeCursor(EncodeCursor(cursor));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, cursor);
  }
}

TEST(CursorTest, NeedsNoEscapingInUrls) {
  EXPECT_EQ(EncodeCursor(kExample).find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(CursorTest, EveryFlippedBitIsRefused) {
  const std::string text = EncodeCursor(kExample);
  for (size_t i = 0; i < text.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string tampered = text;
      tampered[i] = static_cast<char>(static_cast<uint8_t>(tampered[i]) ^ (1U << bit));
      EXPECT_FALSE(DecodeCursor(tampered).has_value()) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(CursorTest, EveryOtherLetterIsRefused) {
  const std::string text = EncodeCursor(kExample);
  for (size_t i = 0; i < text.size(); ++i) {
    for (const char c : std::string_view("AZaz09-_")) {
      std::string tampered = text;
      tampered[i] = c;
      EXPECT_EQ(DecodeCursor(tampered).has_value(), tampered == text);
    }
  }
}

TEST(CursorTest, OtherLengthsAreRefused) {
  const std::string text = EncodeCursor(kExample);
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(DecodeCursor(text.substr(0, size)).has_value());
  }
  EXPECT_FALSE(DecodeCursor(text + "A").has_value());
  EXPECT_FALSE(DecodeCursor(text + "AAAA").has_value());
  EXPECT_FALSE(DecodeCursor(text + "=").has_value());
  EXPECT_FALSE(DecodeCursor(" " + text).has_value());
}

TEST(CursorTest, DifferentCursorsHaveDifferentTexts) {
  std::set<std::string> texts;
  for (uint64_t i = 0; i < 100; ++i) {
    texts.insert(EncodeCursor({1, 1, 1, i, 1}));
    texts.insert(EncodeCursor({1, 1, 1, 1, i}));
  }
  EXPECT_EQ(texts.size(), 199U);  // i = 1 is the same twice
}

}  // namespace
}  // namespace kyujin::query
