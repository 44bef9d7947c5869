#include "engine/percolator/clause_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/percolator/presearcher.h"
#include "tests/unit/percolator/percolator_fixture.h"

namespace kyujin::percolator {
namespace {

std::vector<PostingFacts> Sample() {
  std::vector<PostingFacts> sample;
  for (int i = 0; i < 100; ++i) {
    schema::JobPosting posting = PostingOf(i < 60 ? "看護師" : "調理師");
    posting.annual_holidays = static_cast<uint16_t>(i + 20);
    sample.push_back(FactsOf(posting));
  }
  return sample;
}

ClauseId Acquire(ClauseTable* table, const query::ParameterPairs& search) {
  const Result<ClauseId> id = table->Acquire(Frozen(search));
  KYUJIN_CHECK(id.has_value());
  return *id;
}

TEST(ClauseTableTest, KeepsAClauseOnceWhileItHasOwners) {
  ClauseTable table(test::SharedModel());
  const ClauseId first = Acquire(&table, {{"pref", "13"}});
  const ClauseId second = Acquire(&table, {{"pref", "14"}});
  EXPECT_NE(first, second);
  EXPECT_EQ(Acquire(&table, {{"pref", "13"}}), first);
  const Key key = KeysOf(table.clause(first))->front().key;
  table.Release(first);
  EXPECT_EQ(table.WithKey(key).size(), 1U);
  table.Release(first);
  EXPECT_TRUE(table.WithKey(key).empty());
  // The place of what is gone is taken again.
  EXPECT_EQ(Acquire(&table, {{"pref", "15"}}), first);
  EXPECT_EQ(table.size(), 2U);
}

TEST(ClauseTableTest, AsksTheSampleHowLikelyAClauseIs) {
  ClauseTable table(test::SharedModel());
  table.SetSample(Sample(), kDay);
  const double nurses = table.likelihood(Acquire(&table, {{"q", "看護師"}}));
  EXPECT_NEAR(nurses, 0.6, 0.05);
  EXPECT_NEAR(table.likelihood(Acquire(&table, {{"q", "-看護師"}})), 1 - nurses, 0.05);
  EXPECT_LT(table.likelihood(Acquire(&table, {{"q", "溶接工"}})), 0.02);
}

TEST(PresearcherTest, QueriesWaitAtTheirMostSelectiveClause) {
  ClauseTable table(test::SharedModel());
  table.SetSample(Sample(), kDay);
  const ClauseId nurse = Acquire(&table, {{"q", "看護師"}});
  const ClauseId rare = Acquire(&table, {{"q", "溶接工"}});
  const ClauseId holidays = Acquire(&table, {{"holidays_min", "119"}});
  // What has keys comes first, unless it holds for many and the other for few.
  std::vector<ClauseId> clauses{nurse, holidays, rare};
  OrderClauses(table, &clauses);
  EXPECT_EQ(clauses, (std::vector<ClauseId>{rare, holidays, nurse}));
  clauses = {nurse, holidays};
  OrderClauses(table, &clauses);
  EXPECT_EQ(clauses, (std::vector<ClauseId>{holidays, nurse}));

  Presearcher presearcher;
  presearcher.Add(7, clauses, table);
  presearcher.Add(8, {rare, holidays, nurse}, table);
  presearcher.Add(9, {}, table);
  const auto waiting = [&](ClauseId at, std::vector<ClauseId> holding) {
    std::vector<QueryHandle> handles;
    presearcher.WaitingAt(at)->ForEachThat(
        [&](ClauseId clause) {
          return std::find(holding.begin(), holding.end(), clause) != holding.end();
        },
        [&](QueryHandle handle) { handles.push_back(handle); });
    return handles;
  };
  EXPECT_EQ(waiting(holidays, {nurse}), std::vector<QueryHandle>{7});
  EXPECT_TRUE(waiting(holidays, {}).empty());
  EXPECT_EQ(waiting(rare, {holidays, nurse}), std::vector<QueryHandle>{8});
  EXPECT_TRUE(waiting(rare, {holidays}).empty());
  EXPECT_EQ(presearcher.without_keys(), std::vector<ClauseId>{holidays});
  EXPECT_EQ(presearcher.unconditional(), std::vector<QueryHandle>{9});
  presearcher.Remove(7, clauses);
  presearcher.Remove(9, {});
  EXPECT_TRUE(presearcher.without_keys().empty());
  EXPECT_TRUE(presearcher.unconditional().empty());
  EXPECT_TRUE(presearcher.WaitingAt(holidays)->empty());
}

// Handles of the queries at clause 0 all of whose clauses are in `holding`.
std::vector<QueryHandle> Waiting(const WaitingQueries& queries, const std::set<ClauseId>& holding) {
  std::vector<QueryHandle> handles;
  queries.ForEachThat([&](ClauseId clause) { return holding.contains(clause); },
                      [&](QueryHandle handle) { handles.push_back(handle); });
  std::sort(handles.begin(), handles.end());
  return handles;
}

TEST(PresearcherTest, ManyQueriesWaitAtOneClause) {
  constexpr QueryHandle kQueries = 1'000;
  WaitingQueries queries;
  const auto clauses_of = [](QueryHandle handle) {
    std::vector<ClauseId> clauses{0};
    for (QueryHandle rest = handle % 128, clause = 1; rest > 0; rest /= 2, ++clause) {
      if (rest % 2 == 1) {
        clauses.push_back(clause);
      }
    }
    return clauses;
  };
  std::set<QueryHandle> there;
  const auto expect_all = [&] {
    for (const std::set<ClauseId>& holding :
         std::vector<std::set<ClauseId>>{{}, {1}, {2, 3}, {1, 4, 7}, {1, 2, 3, 4, 5, 6, 7}}) {
      std::vector<QueryHandle> expected;
      for (const QueryHandle handle : there) {
        const auto clauses = clauses_of(handle);
        if (std::all_of(clauses.begin() + 1, clauses.end(), [&](ClauseId clause) {
              return holding.contains(clause);
            })) {
          expected.push_back(handle);
        }
      }
      ASSERT_EQ(Waiting(queries, holding), expected);
    }
  };
  for (QueryHandle handle = 0; handle < kQueries; ++handle) {
    queries.Add(handle, clauses_of(handle));
    there.insert(handle);
    if (handle % 97 == 0) {
      expect_all();
    }
  }
  for (QueryHandle handle = 0; handle < kQueries; handle += 1 + handle % 3) {
    queries.Remove(handle);
    queries.Remove(handle);
    there.erase(handle);
  }
  expect_all();
  for (QueryHandle handle = 0; handle < kQueries; ++handle) {
    queries.Remove(handle);
  }
  EXPECT_TRUE(queries.empty());
}

}  // namespace
}  // namespace kyujin::percolator
