#include "engine/percolator/percolator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

class PercolatorTest : public testing::Test {
 protected:
  void Add(QueryId id, const query::ParameterPairs& search) {
    ASSERT_TRUE(percolator_.Add(id, Frozen(search)).has_value());
  }
  std::vector<QueryId> Match(const schema::JobPosting& posting, Date today = kDay) {
    std::vector<QueryHandle> handles;
    percolator_.Match(posting, today, &worker_, &handles);
    std::vector<QueryId> ids;
    for (const QueryHandle handle : handles) {
      ids.push_back(percolator_.IdOf(handle).value_or(-1));
    }
    return ids;
  }

  Percolator percolator_{test::SharedModel()};
  PercolatorWorker worker_{test::SharedModel()};
};

TEST_F(PercolatorTest, FindsTheQueriesOfAPosting) {
  schema::JobPosting posting = PostingOf("看護師", "病棟");
  posting.prefecture = 13;
  Add(1, {{"q", "看護師"}});
  Add(2, {{"q", "調理師"}});
  Add(3, {{"q", "看護師"}, {"pref", "13"}});
  Add(4, {{"q", "看護師"}, {"pref", "14"}});
  Add(5, {{"q", "看護師 病棟 -夜勤"}, {"pref", "13"}});
  Add(6, {});
  Add(7, {{"q", "-看護師"}});
  Add(8, {{"q", "看護師 調理師"}, {"q_mode", "or"}});
  Add(9, {{"q", "★ 看護師 ☆"}});
  Add(10, {{"q", "★ ☆"}});
  EXPECT_THAT(Match(posting), UnorderedElementsAre(1, 3, 5, 6, 8, 9));
  EXPECT_THAT(Match(PostingOf("溶接工")), UnorderedElementsAre(6, 7));
}

TEST_F(PercolatorTest, ChangesHoldAtOnce) {
  Add(1, {{"q", "看護師"}});
  Add(2, {{"q", "看護師"}, {"holidays_min", "100"}});
  schema::JobPosting posting = PostingOf("看護師");
  posting.annual_holidays = 120;
  EXPECT_THAT(Match(posting), UnorderedElementsAre(1, 2));
  percolator_.Remove(1);
  percolator_.Remove(1);
  EXPECT_THAT(Match(posting), UnorderedElementsAre(2));
  percolator_.Remove(2);
  EXPECT_THAT(Match(posting), IsEmpty());
  EXPECT_EQ(percolator_.size(), 0U);
  Add(1, {{"q", "看護師"}});
  Add(1, {{"q", "看護師"}});
  EXPECT_EQ(percolator_.size(), 1U);
  EXPECT_THAT(Match(posting), UnorderedElementsAre(1));
}

TEST_F(PercolatorTest, HandlesAreNeverGivenAgain) {
  Add(1, {{"q", "看護師"}});
  std::vector<QueryHandle> handles;
  percolator_.Match(PostingOf("看護師"), kDay, &worker_, &handles);
  percolator_.Remove(1);
  Add(2, {{"q", "看護師"}});
  ASSERT_EQ(handles.size(), 1U);
  EXPECT_FALSE(percolator_.IdOf(handles[0]).has_value());
  EXPECT_EQ(percolator_.handles(), 2U);
}

TEST_F(PercolatorTest, PostingsThatNoSearchFindsMatchNothing) {
  Add(1, {});
  schema::JobPosting posting = PostingOf("看護師");
  posting.deadline = kDay;
  EXPECT_THAT(Match(posting), UnorderedElementsAre(1));
  EXPECT_THAT(Match(posting, kDay.PlusDays(1)), IsEmpty());
}

TEST_F(PercolatorTest, AQueryThatCannotBeReadMatchesNothingAndSaysSo) {
  const Status status = percolator_.Add(1, "interpret=off&partial=never&pref=13&smell=good");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(status.error().message, testing::HasSubstr("smell"));
  EXPECT_EQ(percolator_.size(), 0U);
  schema::JobPosting posting = PostingOf("看護師");
  posting.prefecture = 13;
  EXPECT_THAT(Match(posting), IsEmpty());
}

}  // namespace
}  // namespace kyujin::percolator
