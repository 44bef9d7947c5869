#include "engine/index/field_length.h"

#include <gtest/gtest.h>

namespace kyujin::index {
namespace {

TEST(FieldLengthTest, IsExactForShortTextsAndNeverAStepOffForLongOnes) {
  for (uint32_t tokens = 0; tokens <= 2'000; ++tokens) {
    const uint32_t decoded = DecodeLength(EncodeLength(tokens));
    if (tokens <= kExactLengths) {
      ASSERT_EQ(decoded, tokens);
    } else if (tokens <= DecodeLength(255)) {
      ASSERT_LE(decoded, tokens);
      ASSERT_LT(tokens - decoded, kLengthStep);
    } else {
      ASSERT_EQ(decoded, DecodeLength(255));
    }
  }
  EXPECT_EQ(EncodeLength(UINT32_MAX), 255);
}

TEST(FieldLengthTest, EveryCodeIsItsOwnLength) {
  for (unsigned code = 0; code <= 255; ++code) {
    EXPECT_EQ(EncodeLength(DecodeLength(static_cast<uint8_t>(code))), code);
  }
}

}  // namespace
}  // namespace kyujin::index
