#include "engine/schema/posting_number.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

TEST(PostingNumberTest, ReadsAnyWidthWithAndWithoutHyphen) {
  for (const char* text : {"01010-12345678",
                           "0101012345678",
                           "０１０１０－１２３４５６７８",
                           "\u300001010−12345678 "}) {
    const auto number = PostingNumber::Parse(text);
    ASSERT_TRUE(number.has_value()) << text;
    EXPECT_EQ(number->value(), 101'012'345'678U);
    EXPECT_EQ(number->ToString(), "01010-12345678");
  }
}

TEST(PostingNumberTest, RefusesEverythingElseByName) {
  for (const char* text : {"",
                           "13010",
                           "13010-1234567",
                           "13010-123456789",
                           "130101-2345678",
                           "13010--12345678",
                           "1301A-12345678",
                           "13010 12345678",
                           "13010-12345678-"}) {
    const auto number = PostingNumber::Parse(text);
    ASSERT_FALSE(number.has_value()) << text;
    EXPECT_EQ(number.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(number.error().message.find(text), std::string::npos);
  }
}

TEST(PostingNumberTest, OrdersByValue) {
  EXPECT_LT(PostingNumber::FromValue(1), PostingNumber::FromValue(2));
  EXPECT_EQ(PostingNumber::FromValue(7).ToString(), "00000-00000007");
}

}  // namespace
}  // namespace kyujin::schema
