#include "engine/percolator/clause.h"

#include <gtest/gtest.h>

#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

bool HoldsFor(const query::ParameterPairs& search, const schema::JobPosting& posting) {
  return Holds(ClauseOf(Frozen(search)), FactsOf(posting), kDay);
}

bool HasWords(std::string_view q, const schema::JobPosting& posting) {
  return HoldsFor({{"q", std::string(q)}, {"interpret", "off"}}, posting);
}

TEST(ClauseTest, WordsHoldAsSearchesFindThem) {
  const schema::JobPosting posting = PostingOf("看護師", "病棟での介護業務。夜勤なし");
  EXPECT_TRUE(HasWords("看護師", posting));
  EXPECT_TRUE(HasWords("看護", posting));      // a part of the compound
  EXPECT_TRUE(HasWords("かんごし", posting));  // a reading
  EXPECT_TRUE(HasWords("ナース", posting));    // a synonym
  EXPECT_TRUE(HasWords("\"介護業務\"", posting));
  EXPECT_FALSE(HasWords("\"業務介護\"", posting));
  EXPECT_FALSE(HasWords("\"看護師病棟\"", posting));  // in different fields
  EXPECT_FALSE(HasWords("夜勤", posting));            // the text takes it back
  EXPECT_TRUE(HasWords("調理 OR 介護", posting));
  EXPECT_FALSE(HasWords("介護 調理", posting));
  EXPECT_FALSE(HasWords("介護 -病棟", posting));
  EXPECT_TRUE(HasWords("-調理", posting));
}

TEST(ClauseTest, WordsAreLookedForInTheirFieldsOnly) {
  const schema::JobPosting posting = PostingOf("看護師", "病棟");
  EXPECT_TRUE(HoldsFor({{"q", "病棟"}, {"q_in", "description"}}, posting));
  EXPECT_FALSE(HoldsFor({{"q", "病棟"}, {"q_in", "title,employer"}}, posting));
  EXPECT_TRUE(HoldsFor({{"q_not", "病棟"}, {"q_in", "title"}}, posting));
}

TEST(ClauseTest, ValuesThatAreNotGivenPassNoRange) {
  schema::JobPosting posting = PostingOf("看護師");
  EXPECT_FALSE(HoldsFor({{"holidays_min", "0"}}, posting));
  EXPECT_FALSE(HoldsFor({{"conditions", "bonus"}}, posting));
  EXPECT_TRUE(HoldsFor({{"conditions", "-bonus"}}, posting));
  EXPECT_TRUE(HoldsFor({{"age", "70"}}, posting));
  posting.annual_holidays = 120;
  posting.age_max = 59;
  EXPECT_TRUE(HoldsFor({{"holidays_min", "120"}}, posting));
  EXPECT_FALSE(HoldsFor({{"holidays_min", "121"}}, posting));
  EXPECT_TRUE(HoldsFor({{"age", "59"}}, posting));
  EXPECT_FALSE(HoldsFor({{"age", "60"}}, posting));
}

TEST(ClauseTest, DaysAreCountedFromTheDayAskedFor) {
  schema::JobPosting posting = PostingOf("看護師");
  posting.received = kDay;
  posting.deadline = kDay.PlusDays(5);
  const PostingFacts facts = FactsOf(posting);
  const Clause within = ClauseOf(Frozen({{"received_within_days", "3"}}));
  const Clause fresh = ClauseOf(Frozen({{"conditions", "new"}}));
  EXPECT_TRUE(Holds(within, facts, kDay.PlusDays(3)));
  EXPECT_FALSE(Holds(within, facts, kDay.PlusDays(4)));
  EXPECT_TRUE(Holds(fresh, facts, kDay.PlusDays(2)));
  EXPECT_FALSE(Holds(fresh, facts, kDay.PlusDays(3)));
  EXPECT_TRUE(IsOpen(facts, kDay.PlusDays(5)));
  EXPECT_FALSE(IsOpen(facts, kDay.PlusDays(6)));
}

TEST(ClauseTest, NamesTheParameterThatIsNotKnown) {
  text::Analyzer analyzer(test::SharedModel());
  const Result<Clause> clause = CompileClause("conditions=telepathy", &analyzer);
  ASSERT_FALSE(clause.has_value());
  EXPECT_EQ(clause.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(clause.error().message.substr(0, 11), "conditions:");
}

}  // namespace
}  // namespace kyujin::percolator
