#include "engine/search/ranker.h"

#include <gtest/gtest.h>

#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

using Keys = std::vector<std::pair<uint64_t, uint64_t>>;

Keys KeysOf(const std::vector<RankedDoc>& ranked) {
  Keys keys;
  for (const RankedDoc& doc : ranked) {
    keys.emplace_back(doc.key, doc.number);
  }
  return keys;
}

TEST(TopDocsTest, KeepsTheFirstOfTheSorted) {
  std::mt19937_64 random(test::RandomSeed());
  for (int run = 0; run < 500; ++run) {
    std::vector<RankedDoc> all;
    for (uint64_t i = random() % 60; i > 0; --i) {
      all.push_back({random() % 8, i, 0, static_cast<DocId>(i)});
    }
    std::shuffle(all.begin(), all.end(), random);
    const size_t capacity = random() % 70;
    std::optional<RankedDoc> after;
    if (random() % 2 == 0) {
      after = RankedDoc{random() % 9, random() % 60, 0, 0};
    }
    TopDocs top(capacity, after);
    for (const RankedDoc& doc : all) {
      top.Add(doc);
    }
    std::sort(all.begin(), all.end());
    std::erase_if(all, [&](const RankedDoc& doc) { return after && !(*after < doc); });
    all.resize(std::min(all.size(), capacity));
    ASSERT_EQ(KeysOf(top.Take()), KeysOf(all));
  }
}

class RankByOrderTest : public SearchFixture {
 protected:
  std::vector<RankedDoc> Rank(schema::SortOrder order,
                              const Bitmap& matches,
                              size_t capacity,
                              std::optional<RankedDoc> after) {
    TopDocs top(capacity, after);
    EXPECT_TRUE(
        RankByOrder({columns(), 0}, order, matches.view(), Deadline::Infinite(), &top).has_value());
    return top.Take();
  }

  // All matches in order, without the ranker.
  std::vector<RankedDoc> Sorted(schema::SortOrder order, const Bitmap& matches) {
    const index::SortKey key = columns().KeyOf(order);
    std::vector<RankedDoc> sorted;
    for (const DocId doc : Members(matches.view())) {
      sorted.push_back({key(doc), postings_[doc].number.value(), 0, doc});
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }
};

// Capacity and density decide whether the kept order is walked or the matches are scanned; both
// must tell the same from any cursor.
TEST_F(RankByOrderTest, WalkAndScanAgreeAtEveryCursor) {
  Build(150, 2);
  for (const schema::SortOrderSpec& spec : schema::SortOrders()) {
    for (const uint64_t one_in : {1U, 2U, 30U}) {
      const Bitmap matches = RandomSet(one_in);
      const std::vector<RankedDoc> sorted = Sorted(spec.id, matches);
      for (const size_t capacity : {size_t{1}, size_t{7}, size_t{1'000}}) {
        for (size_t start = 0; start <= sorted.size(); ++start) {
          const auto after = start == 0 ? std::nullopt : std::optional(sorted[start - 1]);
          Keys expected = KeysOf({sorted.begin() + static_cast<ptrdiff_t>(start), sorted.end()});
          expected.resize(std::min(expected.size(), capacity));
          ASSERT_EQ(KeysOf(Rank(spec.id, matches, capacity, after)), expected)
              << spec.name << ", 1 in " << one_in << ", capacity " << capacity << ", after "
              << start;
        }
      }
    }
  }
}

TEST_F(RankByOrderTest, ACursorOfAPostingThatIsGoneGoesOnBehindIt) {
  Build(80);
  Bitmap matches(80);
  matches.SetAll();
  const std::vector<RankedDoc> sorted = Sorted(schema::SortOrder::kNew, matches);
  RankedDoc gone = sorted[40];
  matches.Clear(gone.doc);
  gone.doc = 0;
  const auto rest = Rank(schema::SortOrder::kNew, matches, 100, gone);
  EXPECT_EQ(KeysOf(rest), KeysOf({sorted.begin() + 41, sorted.end()}));
  EXPECT_TRUE(
      Rank(schema::SortOrder::kNew, matches, 5, RankedDoc{UINT64_MAX, UINT64_MAX, 0, 0}).empty());
}

TEST_F(RankByOrderTest, NewestFirstMissingLastThenByNumber) {
  Build(120);
  Bitmap all(120);
  all.SetAll();
  const auto ranked = Rank(schema::SortOrder::kNew, all, 120, std::nullopt);
  ASSERT_EQ(ranked.size(), 120U);
  for (size_t i = 1; i < ranked.size(); ++i) {
    const auto& before = postings_[ranked[i - 1].doc];
    const auto& posting = postings_[ranked[i].doc];
    ASSERT_TRUE(before.received.has_value() || !posting.received.has_value());
    if (before.received == posting.received) {
      ASSERT_LT(before.number, posting.number);
    } else if (posting.received) {
      ASSERT_GT(*before.received, *posting.received);
    }
  }
}

TEST_F(RankByOrderTest, WagesStandByTypeThenByAmount) {
  Build(120);
  Bitmap all(120);
  all.SetAll();
  const auto ranked = Rank(schema::SortOrder::kWageMaxBase, all, 120, std::nullopt);
  for (size_t i = 1; i < ranked.size(); ++i) {
    const schema::Wage& before = postings_[ranked[i - 1].doc].wage;
    const schema::Wage& wage = postings_[ranked[i].doc].wage;
    if (!wage.base) {
      continue;
    }
    ASSERT_TRUE(before.base.has_value()) << "missing wages come last";
    ASSERT_LE(before.type, wage.type);
    ASSERT_TRUE(before.type < wage.type || before.base->max >= wage.base->max);
  }
}

TEST(KeptOrderTest, FollowsTheWageBasis) {
  using query::Sort;
  using query::WageBasis;
  using schema::SortOrder;
  EXPECT_EQ(KeptOrder(Sort::kNew, WageBasis::kBase), SortOrder::kNew);
  EXPECT_EQ(KeptOrder(Sort::kDeadline, WageBasis::kBase), SortOrder::kDeadline);
  EXPECT_EQ(KeptOrder(Sort::kHolidays, WageBasis::kBase), SortOrder::kHolidays);
  EXPECT_EQ(KeptOrder(Sort::kWageMin, WageBasis::kBase), SortOrder::kWageMinBase);
  EXPECT_EQ(KeptOrder(Sort::kWageMin, WageBasis::kFixedAllowances), SortOrder::kWageMinAllowances);
  EXPECT_EQ(KeptOrder(Sort::kWageMax, WageBasis::kWithFixedOvertime),
            SortOrder::kWageMaxOvertimePay);
  EXPECT_EQ(KeptOrder(Sort::kWageMax, WageBasis::kBase), SortOrder::kWageMaxBase);
}

TEST(ScoreKeyTest, HigherScoresComeFirst) {
  EXPECT_LT(ScoreKey(2), ScoreKey(1));
  EXPECT_LT(ScoreKey(1), ScoreKey(0));
  EXPECT_EQ(ScoreOfKey(ScoreKey(123'456)), 123'456);
  EXPECT_EQ(ScoreOfKey(ScoreKey(0)), 0);
}

}  // namespace
}  // namespace kyujin::search
