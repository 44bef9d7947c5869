#include "engine/percolator/clause_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

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
  EXPECT_EQ(table.keys().With(key).size(), 1U);
  table.Release(first);
  EXPECT_TRUE(table.keys().With(key).empty());
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

// Clauses that hold; of those below 3 nothing is known before they are looked at.
struct HoldingClauses {
  const std::set<ClauseId>& clauses;
  [[nodiscard]] bool MayHold(ClauseId clause) const { return clause < 3 || (*this)(clause); }
  bool operator()(ClauseId clause) const { return clauses.contains(clause); }
};

// Handles of the queries at `places` all of whose other clauses are in `holding`, ascending.
std::vector<QueryHandle> Waiting(const WaitingQueries& queries,
                                 const std::vector<ClauseId>& places,
                                 const std::set<ClauseId>& holding) {
  std::vector<QueryHandle> handles;
  WaitingQueries::Scratch scratch;
  queries.ForEachThat(
      places, &scratch, HoldingClauses{holding}, [&](std::span<const QueryHandle> found) {
        handles.insert(handles.end(), found.begin(), found.end());
      });
  std::sort(handles.begin(), handles.end());
  return handles;
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
    return Waiting(presearcher.waiting(), {at}, {holding.begin(), holding.end()});
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
  EXPECT_TRUE(presearcher.waiting().IsEmpty(holidays));
}

// Queries at several clauses, with all kinds of other ones, beside a plain list of them.
class ManyQueries {
 public:
  static constexpr ClauseId kPlaces = 3;  // clauses at which they wait

  // The place first, then one clause for each bit of the number.
  static std::vector<ClauseId> ClausesOf(QueryHandle handle) {
    std::vector<ClauseId> clauses{100 + handle % kPlaces};
    for (QueryHandle rest = handle % 128, clause = 1; rest > 0; rest /= 2, ++clause) {
      if (rest % 2 == 1) {
        clauses.push_back(clause);
      }
    }
    return clauses;
  }
  void Add(QueryHandle handle) {
    queries_.Add(handle, ClausesOf(handle));
    there_.insert(handle);
  }
  void Remove(QueryHandle handle) {
    queries_.Remove(handle, ClausesOf(handle).front());
    there_.erase(handle);
  }
  void Sort() { queries_.Sort(); }

  void ExpectAll() const {
    for (const std::set<ClauseId>& holding :
         std::vector<std::set<ClauseId>>{{}, {1}, {2, 3}, {1, 4, 7}, {1, 2, 3, 4, 5, 6, 7}}) {
      const std::vector<ClauseId> places{100, 5, 102, 100'000};
      ASSERT_EQ(Waiting(queries_, places, holding), Expected(places, holding));
    }
  }

 private:
  [[nodiscard]] std::vector<QueryHandle> Expected(const std::vector<ClauseId>& places,
                                                  const std::set<ClauseId>& holding) const {
    std::vector<QueryHandle> expected;
    for (const QueryHandle handle : there_) {
      const auto clauses = ClausesOf(handle);
      if (std::find(places.begin(), places.end(), clauses.front()) != places.end() &&
          std::all_of(clauses.begin() + 1, clauses.end(), [&](ClauseId clause) {
            return holding.contains(clause);
          })) {
        expected.push_back(handle);
      }
    }
    return expected;
  }

  WaitingQueries queries_;
  std::set<QueryHandle> there_;
};

TEST(PresearcherTest, ManyQueriesComeAndGo) {
  constexpr QueryHandle kQueries = 900;
  ManyQueries queries;
  queries.ExpectAll();
  for (QueryHandle handle = 0; handle < kQueries; ++handle) {
    queries.Add(handle);
    if (handle % 97 == 0) {
      queries.ExpectAll();
    }
  }
  queries.Sort();
  queries.ExpectAll();
  for (QueryHandle handle = 0; handle < kQueries; handle += 1 + handle % 3) {
    queries.Remove(handle);
    queries.Remove(handle);
  }
  queries.ExpectAll();
  for (QueryHandle handle = 0; handle < kQueries; ++handle) {
    queries.Remove(handle);
  }
  queries.ExpectAll();
  queries.Add(1);
  queries.ExpectAll();
}

TEST(KeyTableTest, LeadsFromManyKeysToTheirClauses) {
  constexpr Key kKeys = 5'000;
  KeyTable table;
  std::map<Key, std::vector<ClauseId>> expected;
  const auto expect_all = [&] {
    std::vector<Key> keys;
    std::multiset<ClauseId> all;
    for (Key key = 1; key <= kKeys + 10; ++key) {
      std::vector<ClauseId> found;
      for (const KeyedClause& clause : table.With(key)) {
        found.push_back(clause.clause);
      }
      ASSERT_EQ(found, expected[key]) << key;
      keys.push_back(key);
      all.insert(found.begin(), found.end());
    }
    KeyTable::Scratch scratch;
    std::multiset<ClauseId> visited;
    table.ForEachWith(
        keys, &scratch, [&](const KeyedClause& clause) { visited.insert(clause.clause); });
    ASSERT_EQ(visited, all);
  };
  ClauseId next = 0;
  for (int round = 0; round < 4; ++round) {
    for (Key key = 1; key <= kKeys; key += 1 + key % 3) {
      table.Add(key, {next, kNoTrait, true});
      expected[key].push_back(next++);
    }
    for (auto& [key, clauses] : expected) {
      if (key % 4 == static_cast<Key>(round) && !clauses.empty()) {
        table.Remove(key, clauses.front());
        clauses.erase(clauses.begin());
      }
    }
    expect_all();
  }
}

}  // namespace
}  // namespace kyujin::percolator
