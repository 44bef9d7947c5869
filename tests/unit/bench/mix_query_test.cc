#include "bench/mix/mix_query.h"

#include <gtest/gtest.h>

namespace kyujin::mix {
namespace {

TEST(MixQueryTest, TargetsAreEncodedAndPhrasesQuoted) {
  MixQuery query;
  query.query_class = QueryClass::kWordsFilters;
  query.words = {"介護", "c++"};
  query.filters = {{"pref", "13"}, {"conditions", "-new"}};
  EXPECT_EQ(query.Target(),
            "/v1/jobs?facets=all&q=%E4%BB%8B%E8%AD%B7%20c%2B%2B&pref=13&conditions=-new");
  query.query_class = QueryClass::kPhrase;
  query.words = {"夜勤"};
  query.filters.clear();
  query.sort = "new";
  EXPECT_EQ(query.Target(), "/v1/jobs?facets=all&q=%22%E5%A4%9C%E5%8B%A4%22&sort=new");
}

TEST(MixQueryTest, ALineGivesItsClassAndTargetBack) {
  MixQuery query;
  query.query_class = QueryClass::kTwoWords;
  query.words = {"介護", "送迎"};
  const auto read = ParseQueryLine(ToLine(query));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->query_class, "two_words");
  EXPECT_EQ(read->target, query.Target());
}

TEST(MixQueryTest, BareTargetsAndCommentsAreUnderstood) {
  EXPECT_EQ(ParseQueryLine("/v1/jobs?q=a")->target, "/v1/jobs?q=a");
  EXPECT_EQ(ParseQueryLine("/v1/jobs?q=a")->query_class, "");
  EXPECT_FALSE(ParseQueryLine("# corpus: 1,100,000 postings").has_value());
  EXPECT_FALSE(ParseQueryLine("").has_value());
}

}  // namespace
}  // namespace kyujin::mix
