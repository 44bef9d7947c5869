// Random saved queries over random indexes: the percolator finds for a posting exactly the queries
// whose search, restricted to its number, finds it in the same generation on the same day. The
// queries are typed as people do and frozen as the server does. KYUJIN_TEST_PAIRS says how many
// pairs of query and posting (250,000 when not given).
#include "engine/percolator/percolator.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/index/snapshot.h"
#include "engine/query/frozen_query.h"
#include "engine/search/searcher.h"
#include "server/http/url.h"
#include "tests/testing/index_actions.h"
#include "tests/testing/oracle.h"
#include "tests/testing/random_feed.h"
#include "tests/testing/random_request.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/temporary_folder.h"
#include "tests/testing/test_size.h"

namespace kyujin::test {
namespace {

using percolator::QueryHandle;
using percolator::QueryId;

constexpr size_t kRecords = 300;
constexpr size_t kQueries = 250;
constexpr size_t kMaxShownFailures = 5;

std::shared_ptr<const text::AnalyzerModel> Model() {
  static const std::shared_ptr<const text::AnalyzerModel> model = *text::AnalyzerModel::Load();
  return model;
}

size_t Pairs() {
  constexpr size_t kDefault = 250'000;
  return test::TestSize("KYUJIN_TEST_PAIRS", kDefault);
}

// A saved query and what its search finds.
struct SavedQuery {
  std::string canonical;
  std::set<uint64_t> found;  // numbers
};

// An index of several segments with dead documents, and the postings that live in it.
class World {
 public:
  // The postings are scattered around `day` and asked for on `today`.
  World(Date day, Date today, RandomSource* random)
      : today_(today), random_(random), actions_(folder_ / "index", Model()) {
    std::vector<RandomRecord> records = MakeRandomFeed(kRecords, day, random);
    const auto third = static_cast<std::ptrdiff_t>(records.size() / 3);
    Run({records.begin(), records.end() - third}, indexer::FeedMode::kBuild);
    if (random->Percent(70)) {
      records.erase(records.begin(), records.begin() + third / 4);
      Run(records, indexer::FeedMode::kSync);
    } else {
      records.erase(records.end() - third, records.end());
    }
    snapshot_ = *index::Snapshot::Open(actions_.path(), Model()->version());
    oracle_ = std::make_unique<Oracle>(records, today, today, Model());
    for (size_t segment = 0; segment < snapshot_->segments().size(); ++segment) {
      ReadPostings(static_cast<uint32_t>(segment));
    }
  }

  // The numbers that `request` finds by the real search.
  std::set<uint64_t> Search(const query::SearchRequest& request) {
    const auto documents = searcher_.Documents(request, {*snapshot_, state_, today_});
    KYUJIN_CHECK(documents.has_value());
    std::set<uint64_t> numbers;
    for (size_t segment = 0; segment < documents->size(); ++segment) {
      const auto all = snapshot_->segments()[segment]->columns().numbers();
      (*documents)[segment].view().ForEach([&](DocId doc) { numbers.insert(all[doc]); });
    }
    return numbers;
  }

  // Whether the search for `request` among postings of that number alone finds one.
  bool Finds(query::SearchRequest request, uint64_t number) {
    request.filters.push_back({schema::FilterGroup::kNone, query::NumberFilter{{number}}});
    const auto result = searcher_.Search(request, {*snapshot_, state_, today_});
    KYUJIN_CHECK(result.has_value());
    return result->total == 1;
  }

  // A random search as people send it, frozen; its search says what it finds. Nothing when it
  // cannot be saved.
  std::optional<SavedQuery> MakeQuery() {
    OracleRequest typed = MakeRandomRequest(oracle_.get(), today_, random_);
    if (random_->Percent(30)) {
      typed.values.erase("interpret");
    }
    if (random_->Percent(10)) {
      typed.clauses.push_back({{"★", false}});
    }
    const auto pairs = http::ParseQuery(typed.ToQueryString());
    const auto sent = query::ParseSearchParameters(*pairs, &analyzer_);
    KYUJIN_CHECK(sent.has_request());
    const query::FreezeOutcome frozen = query::FreezeRequest(sent.request);
    if (!frozen.has_query()) {
      return std::nullopt;
    }
    const auto read = query::ParseFrozenQuery(frozen.query.canonical, &analyzer_);
    KYUJIN_CHECK(read.has_request());
    EXPECT_EQ(query::FreezeRequest(read.request).query.canonical, frozen.query.canonical);
    SavedQuery query{frozen.query.canonical, Search(read.request)};
    EXPECT_EQ(Search(sent.request), query.found) << query.canonical;
    const uint64_t number = postings_[random_->Below(postings_.size())].number.value();
    EXPECT_EQ(Finds(read.request, number), query.found.contains(number)) << query.canonical;
    return query;
  }

  [[nodiscard]] const std::vector<schema::JobPosting>& postings() const { return postings_; }

 private:
  void Run(const std::vector<RandomRecord>& records, indexer::FeedMode mode) {
    const auto feed = folder_ / "feed.xml";
    WriteBytes(feed, ToFeedPage(records));
    const auto manifest = actions_.RunFeed(feed, mode);
    ASSERT_TRUE(manifest.has_value()) << manifest.error().message;
  }

  void ReadPostings(uint32_t segment) {
    const auto& dead = snapshot_->tombstones(segment);
    for (DocId doc = 0; doc < snapshot_->segments()[segment]->documents(); ++doc) {
      if (dead == nullptr || !dead->dead().Test(doc)) {
        postings_.push_back(*snapshot_->ReadPosting({segment, doc}));
      }
    }
  }

  Date today_;
  RandomSource* random_;
  TemporaryFolder folder_;
  IndexActions actions_;
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::unique_ptr<Oracle> oracle_;
  std::vector<schema::JobPosting> postings_;
  search::Searcher searcher_;
  search::WorkerState state_;
  text::Analyzer analyzer_{Model()};
};

// The percolator with saved queries that come and go.
class Checker {
 public:
  Checker(World* world, Date today, RandomSource* random)
      : world_(world), today_(today), random_(random) {
    if (random->Percent(50)) {
      const auto& all = world->postings();
      percolator_.Learn({all.begin(), all.begin() + 20}, today);
    }
  }

  void AddQueries(size_t count) {
    while (count > 0) {
      const auto query = world_->MakeQuery();
      if (query) {
        const QueryId id = ++last_id_;
        ASSERT_TRUE(percolator_.Add(id, query->canonical).has_value()) << query->canonical;
        queries_[id] = *query;
        --count;
      }
    }
    EXPECT_EQ(percolator_.size(), queries_.size());
  }

  void RemoveSome() {
    for (auto query = queries_.begin(); query != queries_.end();) {
      if (random_->Percent(40)) {
        percolator_.Remove(query->first);
        query = queries_.erase(query);
      } else {
        ++query;
      }
    }
  }

  // Returns how many pairs were compared; counts those that match.
  size_t Compare(size_t* matches) {
    percolator::PercolatorWorker worker(Model());
    for (const schema::JobPosting& posting : world_->postings()) {
      const uint64_t number = posting.number.value();
      std::vector<QueryHandle> handles;
      percolator_.Match(posting, today_, &worker, &handles);
      std::multiset<QueryId> ids;
      for (const QueryHandle handle : handles) {
        ids.insert(*percolator_.IdOf(handle));
      }
      for (const auto& [id, query] : queries_) {
        EXPECT_EQ(ids.count(id), query.found.contains(number) ? 1U : 0U)
            << number << " and " << query.canonical;
        *matches += query.found.contains(number) ? 1 : 0;
      }
      const auto* result = ::testing::UnitTest::GetInstance()->current_test_info()->result();
      if (static_cast<size_t>(result->total_part_count()) > kMaxShownFailures) {
        break;
      }
    }
    return world_->postings().size() * queries_.size();
  }

 private:
  World* world_;
  Date today_;
  RandomSource* random_;
  percolator::Percolator percolator_{Model()};
  std::map<QueryId, SavedQuery> queries_;
  QueryId last_id_ = 0;
};

TEST(PercolatorTest, FindsTheQueriesWhoseSearchFindsThePosting) {
  const uint64_t seed = RandomSeed();
  size_t pairs = 0;
  size_t matches = 0;
  for (size_t world_number = 0; pairs < Pairs(); ++world_number) {
    SCOPED_TRACE(fmt::format("KYUJIN_TEST_SEED={} KYUJIN_TEST_PAIRS=1", seed + world_number));
    RandomSource random(seed + world_number);
    const Date day = *Date::Parse("2026-11-22");
    const Date today = day.PlusDays(random.Between(-3, 3));
    World world(day, today, &random);
    Checker checker(&world, today, &random);
    checker.AddQueries(kQueries);
    pairs += checker.Compare(&matches);
    checker.RemoveSome();
    checker.AddQueries(kQueries / 4);
    pairs += checker.Compare(&matches);
    ASSERT_FALSE(HasFailure());
  }
  std::cout << "pairs " << pairs << ", matches " << matches << std::endl;
  EXPECT_GE(matches, pairs / 100);
}

}  // namespace
}  // namespace kyujin::test
