// Random sequences of build, sync, apply, merge and crash: after each step the live generation
// holds what a plain map holds, answers as the oracle does, and tells the change feed what
// happened. KYUJIN_TEST_SEQUENCES says how many sequences (100 when not given).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/json.h"
#include "engine/index/change_feed.h"
#include "engine/index/snapshot.h"
#include "engine/schema/posting_version.h"
#include "engine/search/searcher.h"
#include "server/api/search_handler.h"
#include "tests/property/index_world.h"
#include "tests/testing/oracle.h"
#include "tests/testing/random_request.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/test_size.h"

namespace kyujin::test {
namespace {

constexpr size_t kSteps = 6;

std::shared_ptr<const text::AnalyzerModel> Model() {
  static const std::shared_ptr<const text::AnalyzerModel> model = *text::AnalyzerModel::Load();
  return model;
}

size_t Sequences() {
  constexpr size_t kDefault = 100;
  return test::TestSize("KYUJIN_TEST_SEQUENCES", kDefault);
}

// The whole way of a search, on whatever snapshot is set. Confined to one thread.
class Engine {
 public:
  explicit Engine(Date today) : calendar_(clock_, today) {}

  void Set(std::shared_ptr<const index::Snapshot> snapshot) { snapshots_.Set(std::move(snapshot)); }
  JsonValue Search(const OracleRequest& request) {
    http::HttpRequest http;
    http.method = "POST";
    http.headers.emplace_back("Content-Type", "application/json");
    http.body = request.ToJson();
    http::HandlerContext context;
    context.worker_index = 0;
    const http::HttpResponse response = handler_.Post(http, context);
    EXPECT_EQ(response.status, 200) << response.body;
    const auto json = ParseJson(response.body);
    return json.has_value() ? *json : JsonValue();
  }

 private:
  SystemClock clock_;
  api::Calendar calendar_;
  http::HttpObserver observer_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  api::SearchWorkers workers_{Model(), 1};
  api::SearchHandler handler_{{snapshots_, searcher_, calendar_, observer_}, workers_};
};

// What is known of the index at one time: a token, and the version of every posting.
struct Mark {
  index::ChangePosition position;
  std::map<uint64_t, uint64_t> versions;
};

class Checker {
 public:
  Checker(IndexWorld* world, Date today, RandomSource* random)
      : world_(world), today_(today), random_(random), engine_(today) {}

  void CheckAll() {
    const auto snapshot = index::Snapshot::Open(world_->path(), Model()->version(), last_.get());
    ASSERT_TRUE(snapshot.has_value()) << snapshot.error().message;
    ASSERT_EQ((*snapshot)->generation(), world_->generation());
    CheckContents(**snapshot);
    CheckChanges(**snapshot);
    CheckAnswers(*snapshot);
    if (held_ != nullptr) {
      CheckHeld();
    }
    if (held_ == nullptr || random_->Percent(30)) {
      held_ = *snapshot;
      held_records_ = world_->records();
    }
    last_ = *snapshot;
  }

  // After a writer that ended in peace.
  void CheckNoRubbish() const { EXPECT_EQ(Rubbish(world_->path()), std::set<std::string>()); }

 private:
  void CheckContents(const index::Snapshot& snapshot) {
    EXPECT_EQ(snapshot.documents(), world_->records().size());
    ExpectRecords(snapshot, world_->records());
  }

  static void ExpectRecords(const index::Snapshot& snapshot, const Records& records) {
    size_t living = 0;
    for (size_t i = 0; i < snapshot.segments().size(); ++i) {
      const auto& dead = snapshot.tombstones(i);
      living += snapshot.segments()[i]->documents() - (dead == nullptr ? 0 : dead->count());
    }
    EXPECT_EQ(living, records.size());
    for (const auto& [number, record] : records) {
      const auto address = snapshot.Find(schema::PostingNumber::FromValue(number));
      ASSERT_TRUE(address.has_value()) << number;
      const auto posting = snapshot.ReadPosting(*address);
      ASSERT_TRUE(posting.has_value()) << posting.error().message;
      const uint64_t hash = schema::ContentHash(ToFeedRecord(record));
      EXPECT_EQ(schema::ContentHash(posting->feed), hash) << number;
      EXPECT_EQ(snapshot.segments()[address->segment]->columns().content_hashes()[address->doc],
                hash);
    }
  }

  // A snapshot of an old generation goes on answering.
  void CheckHeld() const { ExpectRecords(*held_, held_records_); }

  static std::map<uint64_t, uint64_t> Versions(const Records& records) {
    std::map<uint64_t, uint64_t> versions;
    for (const auto& [number, record] : records) {
      versions[number] = schema::PostingVersion(ToFeedRecord(record));
    }
    return versions;
  }

  void CheckChanges(const index::Snapshot& snapshot) {
    EXPECT_EQ(snapshot.manifest().changes.has_value(), world_->has_changes());
    if (world_->has_changes()) {
      const auto list =
          index::ReadChangeList(world_->path() / index::ChangeFileName(snapshot.generation()));
      ASSERT_TRUE(list.has_value()) << list.error().message;
      EXPECT_EQ(list->changes, world_->changes());
    }
    for (const Mark& mark : marks_) {
      Replay(snapshot, mark);
    }
    if (marks_.size() < 3) {
      marks_.push_back({index::NowOf(snapshot), Versions(world_->records())});
    }
  }

  // Follows the feed page by page from an old token to now.
  void Replay(const index::Snapshot& snapshot, Mark mark) {
    bool has_more = true;
    while (has_more) {
      const auto page = index::ReadChanges(snapshot, mark.position, 1 + random_->Below(9));
      ASSERT_TRUE(page.has_value()) << page.error().message;
      for (const auto& [change, generation] : page->entries) {
        EXPECT_EQ(mark.versions.contains(change.number), change.op != index::ChangeOp::kAdded);
        mark.versions[change.number] = change.version;
        if (change.op == index::ChangeOp::kRemoved) {
          mark.versions.erase(change.number);
        }
      }
      has_more = page->has_more || page->next.generation <= snapshot.generation();
      // What was read is read for good: also as a token, and in another order of pages.
      mark.position = *index::DecodeChangePosition(index::EncodeChangePosition(page->next));
    }
    EXPECT_EQ(mark.versions, Versions(world_->records()));
  }

  void CheckAnswers(const std::shared_ptr<const index::Snapshot>& snapshot) {
    std::vector<RandomRecord> records;
    for (const auto& [number, record] : world_->records()) {
      records.push_back(record);
    }
    if (records.empty()) {
      return;  // the oracle draws requests from postings
    }
    Oracle oracle(records, today_, today_, Model());
    engine_.Set(snapshot);
    for (int i = 0; i < 3; ++i) {
      OracleRequest request = MakeRandomRequest(&oracle, today_, random_);
      request.values["facets"] = {"all"};
      SCOPED_TRACE(request.ToJson());
      CheckAnswer(engine_.Search(request), oracle.Search(request), request);
    }
  }

  void CheckAnswer(const JsonValue& answer,
                   const OracleAnswer& expected,
                   const OracleRequest& request) const {
    ASSERT_NE(answer.Find("total"), nullptr);
    EXPECT_EQ(static_cast<uint64_t>(*answer.Find("total")->integer()), expected.total);
    std::map<std::string, std::map<std::string, uint64_t>> counts;
    for (const auto& [name, values] : *answer.Find("facets")->object()) {
      for (const JsonValue& value : *values.array()) {
        counts[name][*value.Find("code")->string()] =
            static_cast<uint64_t>(*value.Find("count")->integer());
      }
    }
    for (const auto& [name, values] : expected.facets) {
      std::map<std::string, uint64_t> wanted;
      for (const OracleCount& value : values) {
        wanted[value.code] = value.count;
      }
      EXPECT_EQ(counts[name], wanted) << name;
    }
    // Scores count the dead until they are merged away; every other order is right at once.
    if (expected.sort == "relevance" && !world_->is_merged()) {
      return;
    }
    const size_t offset = std::stoul(request.Value("offset", "0"));
    std::vector<std::string> numbers;
    std::vector<std::string> wanted;
    for (const JsonValue& hit : *answer.Find("hits")->array()) {
      numbers.push_back(*hit.Find("number")->string());
      const size_t place = offset + wanted.size();
      wanted.push_back(place < expected.hits.size() ? expected.hits[place].number : "none");
    }
    EXPECT_EQ(numbers, wanted);
  }

  IndexWorld* world_;
  Date today_;
  RandomSource* random_;
  Engine engine_;
  std::shared_ptr<const index::Snapshot> last_;
  std::shared_ptr<const index::Snapshot> held_;
  Records held_records_;
  std::vector<Mark> marks_;
};

TEST(GenerationsTest, RandomSequencesAgreeWithAMap) {
  const uint64_t seed = RandomSeed();
  const Date today = *Date::Parse("2026-11-22");
  const size_t sequences = Sequences();
  std::map<std::string, size_t> steps;
  for (size_t i = 0; i < sequences; ++i) {
    RandomSource random(seed + i);
    IndexWorld world(today, Model(), &random);
    Checker checker(&world, today, &random);
    std::string done;
    for (size_t step = 0; step < kSteps; ++step) {
      const std::string kind = world.Step();
      done += kind + "; ";
      ++steps[kind];
      SCOPED_TRACE(fmt::format("KYUJIN_TEST_SEED={} KYUJIN_TEST_SEQUENCES=1: {}", seed + i, done));
      ASSERT_NO_FATAL_FAILURE(checker.CheckAll());
      if (!kind.starts_with("crash")) {
        checker.CheckNoRubbish();
      }
      ASSERT_FALSE(testing::Test::HasFailure());
    }
    world.MergeAll();
    SCOPED_TRACE(fmt::format("KYUJIN_TEST_SEED={}: {}merge", seed + i, done));
    ASSERT_NO_FATAL_FAILURE(checker.CheckAll());
    checker.CheckNoRubbish();
    ASSERT_FALSE(testing::Test::HasFailure());
  }
  std::cout << "sequences " << sequences;
  for (const auto& [kind, count] : steps) {
    std::cout << ", " << kind << " " << count;
  }
  std::cout << std::endl;
}

}  // namespace
}  // namespace kyujin::test
