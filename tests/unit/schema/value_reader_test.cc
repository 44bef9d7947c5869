#include "engine/schema/value_reader.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

TEST(ValueReaderTest, ReadsHalfAndFullWidthAlike) {
  for (const char* text : {"(1)8時", "（１）８時"}) {
    ValueReader reader(text);
    EXPECT_TRUE(reader.Take("("));
    EXPECT_EQ(reader.TakeNumber(), 1U);
    EXPECT_TRUE(reader.Take(")"));
    EXPECT_EQ(reader.TakeNumber(), 8U);
    EXPECT_TRUE(reader.Take("時"));
    EXPECT_TRUE(reader.AtEnd());
  }
}

TEST(ValueReaderTest, TakesAllOfALiteralOrNothing) {
  ValueReader reader("午前");
  EXPECT_FALSE(reader.Take("午後"));
  EXPECT_FALSE(reader.Take("午前中"));
  EXPECT_EQ(reader.rest(), "午前");
}

TEST(ValueReaderTest, NumbersMayCarryCommas) {
  EXPECT_EQ(ValueReader("1,234,567円").TakeNumber(), 1'234'567U);
  EXPECT_EQ(ValueReader("１，８００").TakeNumber(), 1'800U);
  ValueReader reader("5,");
  EXPECT_EQ(reader.TakeNumber(), 5U);
  EXPECT_EQ(reader.rest(), ",");
}

TEST(ValueReaderTest, TooLargeNumbersSaturateAndAreNoCount) {
  EXPECT_EQ(FirstNumber("99999999999999999999999日", 366), std::nullopt);
  EXPECT_EQ(FirstNumber("107日", 366), 107U);
  EXPECT_EQ(FirstNumber("１０７日", 366), 107U);
}

TEST(ValueReaderTest, DecimalsRoundUp) {
  EXPECT_EQ(FirstNumber("月平均4.5時間", 744), 5U);
  EXPECT_EQ(FirstNumber("月平均4.0時間", 744), 4U);
  EXPECT_EQ(FirstNumber("なし", 744), std::nullopt);
}

TEST(ValueReaderTest, TrimsBothKindsOfSpace) {
  EXPECT_EQ(TrimValue(" \u3000 あり\n\u3000"), "あり");
  EXPECT_EQ(TrimValue("\u3000 \t"), "");
}

TEST(ValueReaderTest, KnowsTheWordsForNo) {
  for (const char* text :
       {"なし", "\u3000なし ", "不可", "無", "0", "０", "なし（転勤）", "通勤手当なし", "×"}) {
    EXPECT_TRUE(SaysNo(text)) << text;
    EXPECT_FALSE(SaysYes(text)) << text;
  }
  for (const char* text : {"あり", "可", "1", "実費支給（上限なし）", "○", "無期雇用"}) {
    EXPECT_TRUE(SaysYes(text)) << text;
  }
  EXPECT_FALSE(SaysYes("\u3000"));
}

TEST(ValueReaderTest, BrokenBytesReadAsReplacement) {
  ValueReader reader("\xE3\x81");
  EXPECT_EQ(reader.Next(), U'\uFFFD');
  EXPECT_EQ(reader.Next(), U'\uFFFD');
  EXPECT_TRUE(reader.AtEnd());
}

}  // namespace
}  // namespace kyujin::schema
