// The best first against scoring every match.
#include "engine/search/relevance_ranker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>

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

class RelevanceRankerTest : public SearchFixture {
 protected:
  // A list with a document in `one_in`, scored up to `maximum`.
  const WordList* AddList(uint64_t one_in, uint32_t maximum) {
    const Bitmap members = RandomSet(one_in);
    std::vector<uint32_t> scores;
    for (const DocId doc : Members(members.view())) {
      scores.push_back(1 + static_cast<uint32_t>(random_() % maximum));
      totals_[doc] += scores.back();
    }
    owned_.push_back(std::make_unique<WordList>(members.view(), columns().documents(), scores));
    lists_.push_back(owned_.back().get());
    return lists_.back();
  }

  std::vector<RankedDoc> Rank(const Bitmap& matches,
                              size_t capacity,
                              std::optional<RankedDoc> after) {
    const RecencyMaxima maxima(columns(), recency_);
    TopDocs top(capacity, after);
    const RelevanceInput input{
        {columns(), 0}, lists_, recency_, maxima.values(), matches.view(), matches.Count()};
    EXPECT_TRUE(ranker_.Rank(input, Deadline::Infinite(), &top).has_value());
    return top.Take();
  }

  std::vector<RankedDoc> Sorted(const Bitmap& matches) {
    std::vector<RankedDoc> sorted;
    for (const DocId doc : Members(matches.view())) {
      const auto& received = postings_[doc].received;
      const uint64_t recency = received ? recency_.Score(received->days()) : 0;
      sorted.push_back({ScoreKey(static_cast<int64_t>(totals_[doc] + recency)),
                        postings_[doc].number.value(),
                        0,
                        doc});
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }

  void Compare(const Bitmap& matches) {
    const std::vector<RankedDoc> sorted = Sorted(matches);
    for (const size_t capacity : {size_t{1}, size_t{31}, size_t{200}, size_t{20'000}}) {
      for (const size_t start : {size_t{0}, size_t{1}, size_t{40}, sorted.size() / 2}) {
        const size_t from = std::min(start, sorted.size());
        const auto after = from == 0 ? std::nullopt : std::optional(sorted[from - 1]);
        Keys expected = KeysOf({sorted.begin() + static_cast<ptrdiff_t>(from), sorted.end()});
        expected.resize(std::min(expected.size(), capacity));
        ASSERT_EQ(KeysOf(Rank(matches, capacity, after)), expected)
            << lists_.size() << " lists, capacity " << capacity << ", after " << from;
      }
    }
  }

  Recency recency_{test::kToday};
  std::map<DocId, uint64_t> totals_;
  std::vector<std::unique_ptr<const WordList>> owned_;
  std::vector<const WordList*> lists_;
  RelevanceRanker ranker_;
};

TEST_F(RelevanceRankerTest, FindsTheBestOfAllMatches) {
  Build(5'000);
  for (uint64_t run = 0; run < 12; ++run) {
    totals_.clear();
    lists_.clear();
    for (uint64_t i = random_() % 4; i > 0; --i) {
      // Scores of few values, so that many are equal; dense lists, long ones and short ones.
      const uint64_t one_in = std::vector<uint64_t>{1, 2, 40, 60, 1'000}[random_() % 5];
      AddList(one_in, random_() % 2 == 0 ? 3 : 1'000'000);
    }
    Compare(RandomSet(1 + run % 2));
    Compare(RandomSet(30));
  }
}

TEST_F(RelevanceRankerTest, FewMatchesAndNone) {
  Build(600);
  AddList(2, 100);
  Compare(RandomSet(3));
  Compare(Bitmap(postings_.size()));
}

TEST_F(RelevanceRankerTest, AnExpiredDeadlineEndsIt) {
  Build(100);
  const RecencyMaxima maxima(columns(), recency_);
  Bitmap all(postings_.size());
  all.SetAll();
  TopDocs top(10, std::nullopt);
  const RelevanceInput input{
      {columns(), 0}, lists_, recency_, maxima.values(), all.view(), all.Count()};
  const auto status = ranker_.Rank(input, Deadline::After(std::chrono::milliseconds(0)), &top);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kDeadlineExceeded);
}

TEST(RecencyTest, FallsAStepADayFromTheDayOfTheFeed) {
  const Date day = test::kToday;
  const Recency recency{std::optional(day)};
  EXPECT_EQ(recency.Score(day.days()), kMaxRecency);
  EXPECT_EQ(recency.Score(day.PlusDays(5).days()), kMaxRecency) << "dates after the feed";
  EXPECT_EQ(recency.Score(day.PlusDays(-1).days()), kMaxRecency - kRecencyStep);
  EXPECT_EQ(recency.Score(day.PlusDays(-63).days()), kRecencyStep);
  EXPECT_EQ(recency.Score(day.PlusDays(-64).days()), 0U);
  EXPECT_EQ(recency.Score(0), 0U);
  EXPECT_EQ(recency.Score(UINT16_MAX), 0U) << "not given";
  EXPECT_EQ(Recency(std::optional<Date>()).Score(day.days()), 0U);
}

}  // namespace
}  // namespace kyujin::search
