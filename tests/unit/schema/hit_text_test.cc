#include "engine/schema/hit_text.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

TEST(HitTextTest, SummaryHas90CharactersAndNoRunsOfWideSpaces) {
  std::string text;
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    text += "介";
    expected += i < 90 ? "介" : "";
  }
  EXPECT_EQ(Summary(text), expected);
  EXPECT_EQ(Summary("あ　　　い　う"), "あ　い　う");
  EXPECT_EQ(Summary(""), "");
  EXPECT_EQ(Summary("a  b"), "a  b");
}

TEST(HitTextTest, TheBytesOfASummaryHaveTheSummaryOfAll) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += i % 3 == 0 ? "介" : i % 3 == 1 ? "　　" : "a";
    const size_t bytes = SummaryBytes(text);
    ASSERT_LE(bytes, text.size());
    ASSERT_EQ(Summary(text.substr(0, bytes)), Summary(text)) << i;
  }
  EXPECT_LT(SummaryBytes(text), 400U) << "no more than it needs";
  EXPECT_EQ(SummaryBytes(""), 0U);
}

TEST(HitTextTest, TheWorkplaceIsTheWholeAddressElseItsFirstLine) {
  FeedRecord feed;
  EXPECT_EQ(feed.Get(WorkplaceTag(feed)), "");
  feed.Set(Tag::kShgbsjusho1N, "東京都");
  EXPECT_EQ(feed.Get(WorkplaceTag(feed)), "東京都");
  feed.Set(Tag::kShgbsjusho, "東京都渋谷区");
  EXPECT_EQ(feed.Get(WorkplaceTag(feed)), "東京都渋谷区");
}

}  // namespace
}  // namespace kyujin::schema
