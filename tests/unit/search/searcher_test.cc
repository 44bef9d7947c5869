#include "engine/search/searcher.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/query/request_reader.h"
#include "tests/unit/search/naive_filter.h"
#include "tests/unit/search/search_fixture.h"

namespace kyujin::search {
namespace {

using query::SearchRequest;

SearchRequest Read(std::string_view parameters) {
  query::ParseOutcome outcome = query::Read(parameters);
  EXPECT_TRUE(outcome.has_request()) << parameters << ": " << query::Canonical(outcome);
  return outcome.request;
}

// What the outside sees of a result: it must not depend on segments and shards.
struct Seen {
  uint64_t total = 0;
  uint64_t total_positions = 0;
  std::vector<std::pair<uint64_t, int64_t>> hits;  // number, score
  std::map<std::string, std::vector<std::pair<std::string, uint64_t>>> facets;
  friend bool operator==(const Seen&, const Seen&) = default;
};

class SearcherTest : public SearchFixture {
 protected:
  static constexpr const char* kRequests[] = {"",
                                              "q=java",
                                              "q=介護 看護",
                                              "q=介護 OR java -夜勤",
                                              "q=\"介護 看護\"",
                                              "q=java&sort=new",
                                              "q=java&q_in=title,description",
                                              "pref=13&conditions=remote,-bonus",
                                              "pref=13&city=14100&sort=wage_min",
                                              "sort=wage_max&wage_basis=base",
                                              "sort=deadline&received_within_days=10",
                                              "sort=holidays&holidays_min=90",
                                              "q=東京&age=40&walk_max=10",
                                              "conditions=new&work_system=shift,-fixed",
                                              "monthly_min=200000&hourly_min=1200"};

  Result<SearchResult> Search(const SearchRequest& request,
                              Deadline deadline = Deadline::Infinite()) {
    return searcher_.Search(request, {*snapshot_, worker_, test::kToday, deadline});
  }

  [[nodiscard]] uint64_t NumberOf(const Hit& hit) const {
    return snapshot_->segments()[hit.segment]->columns().numbers()[hit.doc];
  }

  Seen See(std::string_view parameters) {
    const SearchRequest request = Read("facets=all&limit=100&" + std::string(parameters));
    const Result<SearchResult> result = Search(request);
    EXPECT_TRUE(result.has_value()) << parameters << ": " << result.error().message;
    Seen seen{result->total, result->total_positions, {}, {}};
    for (const Hit& hit : result->hits) {
      seen.hits.emplace_back(NumberOf(hit), hit.score);
    }
    for (const FacetResult& facet : result->facets) {
      for (const FacetCount& count : facet.counts) {
        seen.facets[std::string(schema::GetFacet(facet.facet).name)].emplace_back(count.code,
                                                                                  count.count);
      }
    }
    return seen;
  }

  std::vector<Seen> SeeAll() {
    std::vector<Seen> all;
    for (const char* parameters : kRequests) {
      all.push_back(See(parameters));
    }
    return all;
  }

  Searcher searcher_;
  WorkerState worker_;
};

TEST_F(SearcherTest, AnInterpretedRequestIsThatOfItsParameters) {
  constexpr const char* kTyped[] = {"東京",         "渋谷",           "府中",
                                    "横浜",         "夜勤なし",       "転勤なし",
                                    "正社員",       "パート",         "時給1200円",
                                    "月20万",       "土日休み",       "介護",
                                    "java",         "-看護",          "土日祝休み",
                                    "徒歩10分以内", "看護師夜勤なし", "\"夜勤なし\"",
                                    "神奈川",       "固定残業代なし", "年間休日100日以上",
                                    "9時から",      "関東",           "新着"};
  Build(300);
  size_t interpreted = 0;
  for (int run = 0; run < 200; ++run) {
    std::string q = kTyped[random_() % std::size(kTyped)];
    for (uint64_t i = random_() % 3; i > 0; --i) {
      q += std::string(" ") + kTyped[random_() % std::size(kTyped)];
    }
    const std::string typed = "q=" + q + (random_() % 4 == 0 ? "&employment=1,2" : "");
    const SearchRequest request = Read(typed);
    interpreted += request.as_parameters != request.canonical ? 1 : 0;
    ASSERT_TRUE(See(typed) == See(query::Unescaped(request.as_parameters)))
        << typed << " is not " << query::Unescaped(request.as_parameters);
  }
  EXPECT_GT(interpreted, 100U);
}

TEST_F(SearcherTest, ShardsAndSegmentsDoNotShow) {
  Build(260, 1);
  const std::vector<Seen> one = SeeAll();
  EXPECT_GT(one[0].total, 100U);
  EXPECT_GT(one[1].total, 10U);
  EXPECT_GT(one[1].hits.front().second, 0);
  index_.Publish(postings_, 3);
  snapshot_ = index_.Open();
  EXPECT_TRUE(SeeAll() == one) << "three shards";
  std::vector<schema::JobPosting> parts[3];
  for (size_t i = 0; i < postings_.size(); ++i) {
    parts[random_() % 3].push_back(postings_[i]);
  }
  index_.Publish(parts[0]);
  index_.AddSegment(parts[1]);
  index_.AddSegment(parts[2]);
  snapshot_ = index_.Open();
  ASSERT_EQ(snapshot_->segments().size(), 3U);
  EXPECT_TRUE(SeeAll() == one) << "three segments";
}

TEST_F(SearcherTest, TotalsCountOpenPostingsAndTheirPositions) {
  Build(200);
  uint64_t total = 0;
  uint64_t positions = 0;
  for (const schema::JobPosting& posting : postings_) {
    total += IsOpen(posting, test::kToday) ? 1 : 0;
    positions += IsOpen(posting, test::kToday) ? posting.positions.value_or(1) : 0;
  }
  const Seen seen = See("");
  EXPECT_EQ(seen.total, total);
  EXPECT_EQ(seen.total_positions, positions);
}

TEST_F(SearcherTest, PagesFollowEachOtherWithoutGapsByCursorAndOffset) {
  Build(180, 2);
  index_.AddSegment({});  // an empty segment must not disturb
  snapshot_ = index_.Open();
  for (const char* parameters : kRequests) {
    std::vector<uint64_t> whole;
    SearchRequest request = Read(parameters);
    request.limit = 1'000;
    const Result<SearchResult> all = Search(request);
    for (const Hit& hit : all->hits) {
      whole.push_back(NumberOf(hit));
    }
    for (const uint32_t limit : {1U, 7U, 100U}) {
      std::vector<uint64_t> paged;
      request = Read(parameters);
      request.limit = limit;
      while (true) {
        const Result<SearchResult> page = Search(request);
        ASSERT_TRUE(page.has_value());
        ASSERT_EQ(page->total, whole.size());
        for (const Hit& hit : page->hits) {
          paged.push_back(NumberOf(hit));
        }
        if (!page->next) {
          break;
        }
        ASSERT_EQ(page->hits.size(), limit);
        request.cursor = page->next;
      }
      ASSERT_EQ(paged, whole) << parameters << ", limit " << limit;
    }
    request.cursor.reset();
    request.limit = 5;
    for (uint32_t offset = 0; offset < whole.size() + 3; offset += 4) {
      request.offset = offset;
      const Result<SearchResult> page = Search(request);
      const size_t begin = std::min<size_t>(offset, whole.size());
      const size_t end = std::min(begin + 5, whole.size());
      ASSERT_EQ(page->hits.size(), end - begin);
      for (size_t i = begin; i < end; ++i) {
        ASSERT_EQ(NumberOf(page->hits[i - begin]), whole[i]);
      }
      ASSERT_EQ(page->next.has_value(), end < whole.size());
    }
  }
}

// Without a cache, with one that is always full, and with one that holds all: the same answers, the
// first time and again.
TEST_F(SearcherTest, TheCacheChangesNoAnswer) {
  Build(300, 2);
  const std::vector<Seen> expected = SeeAll();
  EXPECT_TRUE(SeeAll() == expected);
  EXPECT_GT(searcher_.postings_cache().entries(), 10U);
  for (const size_t bytes : {size_t{0}, size_t{5'000}, size_t{1} << 30}) {
    Searcher other({.postings_cache_bytes = bytes});
    for (int run = 0; run < 3; ++run) {
      for (size_t i = 0; i < expected.size(); ++i) {
        WorkerState worker;
        const auto result = other.Search(Read("facets=all&limit=100&" + std::string(kRequests[i])),
                                         {*snapshot_, worker, test::kToday, Deadline::Infinite()});
        ASSERT_TRUE(result.has_value());
        ASSERT_EQ(result->total, expected[i].total) << kRequests[i];
        ASSERT_EQ(result->hits.size(), expected[i].hits.size());
        for (size_t hit = 0; hit < result->hits.size(); ++hit) {
          ASSERT_EQ(std::pair(NumberOf(result->hits[hit]), result->hits[hit].score),
                    expected[i].hits[hit]);
        }
        ASSERT_LE(other.postings_cache().bytes(), bytes);
      }
    }
  }
}

TEST_F(SearcherTest, ExplanationsAddUpToTheScore) {
  Build(200, 2);
  size_t explained = 0;
  for (const char* parameters : kRequests) {
    SearchRequest request = Read(parameters);
    request.explains = true;
    const Result<SearchResult> result = Search(request);
    ASSERT_TRUE(result.has_value());
    ASSERT_EQ(result->explanations.size(), result->hits.size());
    if (request.sort != query::Sort::kRelevance) {
      continue;
    }
    for (size_t i = 0; i < result->hits.size(); ++i) {
      uint64_t sum = result->explanations[i].recency;
      for (const WordContributions& word : result->explanations[i].words) {
        for (const FieldContribution& field : word.fields) {
          sum += field.score;
        }
      }
      ASSERT_EQ(static_cast<int64_t>(sum), result->hits[i].score) << parameters;
      ++explained;
    }
  }
  EXPECT_GT(explained, 50U);
}

TEST_F(SearcherTest, ALimitOfZeroOnlyCounts) {
  Build(50);
  const Result<SearchResult> result = Search(Read("q=java&limit=0&facets=pref"));
  EXPECT_GT(result->total, 0U);
  EXPECT_TRUE(result->hits.empty());
  EXPECT_FALSE(result->next.has_value());
  EXPECT_FALSE(result->facets.empty());
}

TEST_F(SearcherTest, ACursorGoesOnInTheNextGeneration) {
  Build(60);
  SearchRequest request = Read("limit=10");
  const Result<SearchResult> first = Search(request);
  EXPECT_FALSE(first->generation_changed);
  const uint64_t last = NumberOf(first->hits.back());
  index_.Publish(postings_, 2);
  snapshot_ = index_.Open();
  request.cursor = first->next;
  const Result<SearchResult> second = Search(request);
  EXPECT_TRUE(second->generation_changed);
  request = Read("limit=20");
  const Result<SearchResult> both = Search(request);
  EXPECT_EQ(NumberOf(both->hits[9]), last);
  ASSERT_EQ(second->hits.size(), 10U);
  for (size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(NumberOf(both->hits[i + 10]), NumberOf(second->hits[i]));
  }
}

TEST_F(SearcherTest, HigherScoresComeFirstAndTheBoardIsCleanBetweenRequests) {
  Build(150);
  const Seen first = See("q=介護");
  for (size_t i = 1; i < first.hits.size(); ++i) {
    ASSERT_TRUE(first.hits[i - 1].second > first.hits[i].second ||
                (first.hits[i - 1].second == first.hits[i].second &&
                 first.hits[i - 1].first < first.hits[i].first));
  }
  See("q=看護 OR java");
  EXPECT_TRUE(See("q=介護") == first);
}

TEST_F(SearcherTest, AnExpiredDeadlineEndsEverySearch) {
  Build(50);
  for (const char* parameters : kRequests) {
    const auto result = Search(Read(parameters), Deadline::After(std::chrono::milliseconds(0)));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::kDeadlineExceeded);
  }
  EXPECT_GT(See("q=java").total, 0U) << "the worker goes on";
}

TEST_F(SearcherTest, AnEmptyIndexFindsNothing) {
  Build(0);
  EXPECT_TRUE(searcher_.Warm(*snapshot_, test::kToday).has_value());
  for (const char* parameters : kRequests) {
    const Seen seen = See(parameters);
    EXPECT_EQ(seen.total, 0U);
    EXPECT_TRUE(seen.hits.empty());
  }
}

}  // namespace
}  // namespace kyujin::search
