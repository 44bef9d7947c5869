#include "engine/schema/date_parser.h"

#include <gtest/gtest.h>

namespace kyujin::schema {
namespace {

TEST(DateParserTest, ReadsEveryForm) {
  for (const char* text : {"2026/04/30",
                           "2026-4-30",
                           "２０２６／０４／３０",
                           "2026年4月30日",
                           "２０２６年０４月３０日",
                           "20260430",
                           "令和8年4月30日",
                           "令和８年 ４月３０日",
                           "R8.4.30",
                           "\u30002026/04/30 "}) {
    const auto date = ParseFeedDate(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(date->ToString(), "2026-04-30") << text;
  }
  EXPECT_EQ(ParseFeedDate("令和元年5月1日")->ToString(), "2019-05-01");
  EXPECT_EQ(ParseFeedDate("平成31年4月30日")->ToString(), "2019-04-30");
}

TEST(DateParserTest, RefusesWhatIsNoDay) {
  for (const char* text : {"",
                           "2026",
                           "2026/04",
                           "2026/02/30",
                           "2026/13/01",
                           "2026/04/30 10:00",
                           "令和8年",
                           "1999/12/31",
                           "昨日",
                           "99999999999999",
                           "令和888年1月1日",
                           "2026/04/99999999999"}) {
    EXPECT_FALSE(ParseFeedDate(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace kyujin::schema
