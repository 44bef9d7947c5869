// Random searches over random corpora, built by the real kyujin-index and asked of the real
// kyujin-server, must agree with the oracle on every number.
#include "tests/testing/oracle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/schema/municipality.h"
#include "engine/schema/position.h"
#include "tests/testing/child_process.h"
#include "tests/testing/http_client.h"
#include "tests/testing/random_request.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"
#include "tests/testing/test_size.h"

namespace kyujin::test {

void PrintTo(const OracleHit& hit, std::ostream* out) {
  *out << hit.number << " (" << hit.score << ")";
}

void PrintTo(const OracleCount& count, std::ostream* out) {
  *out << count.code << "=" << count.count << (count.selected ? " selected" : "")
       << (count.excluded ? " excluded" : "");
}

namespace {

constexpr size_t kCorpora = 7;
constexpr size_t kRequestsPerCorpus = 300;  // or KYUJIN_ORACLE_REQUESTS in all
constexpr size_t kMaxShownFailures = 5;
constexpr uint32_t kDefaultLimit = 30;

// The corpora grow in number with the requests asked for.
size_t CorpusCount() {
  const size_t requests = test::TestSize("KYUJIN_ORACLE_REQUESTS", 0);
  return std::max(kCorpora, (requests + kRequestsPerCorpus - 1) / kRequestsPerCorpus);
}

std::filesystem::path Program(std::string_view name) {
  return std::filesystem::path(KYUJIN_BINARY_DIR) / "bin" / name;
}

std::shared_ptr<const text::AnalyzerModel> Model() {
  static const std::shared_ptr<const text::AnalyzerModel> model = [] {
    auto loaded = text::AnalyzerModel::Load();
    KYUJIN_CHECK(loaded.has_value());
    return *loaded;
  }();
  return model;
}

// The feed is of the day before, so that some postings are newer than it.
Date AsOf(Date today) {
  return today.PlusDays(-1);
}

// A page of an answer, read from its JSON.
struct Page {
  OracleAnswer answer;
  std::string next_cursor;  // empty on the last page
};

uint64_t Number(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.Find(name);
  const int64_t* number = value == nullptr ? nullptr : value->integer();
  return number == nullptr ? UINT64_MAX : static_cast<uint64_t>(*number);
}

std::string Text(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.Find(name);
  return value == nullptr || value->string() == nullptr ? "" : *value->string();
}

bool Flag(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.Find(name);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

OracleHit ReadHit(const JsonValue& hit) {
  constexpr double kUnit = 65536.0;
  const JsonValue* score = hit.Find("score");
  double units = 0;
  if (score != nullptr) {
    units = score->number() != nullptr ? *score->number() * kUnit
                                       : static_cast<double>(Number(hit, "score")) * kUnit;
  }
  return {Text(hit, "number"), static_cast<int64_t>(units)};
}

OracleFacets ReadFacets(const JsonValue& object) {
  OracleFacets facets;
  for (const auto& [name, values] : *object.object()) {
    auto& counts = facets[name];
    for (const JsonValue& value : *values.array()) {
      counts.push_back({Text(value, "code"),
                        Number(value, "count"),
                        Flag(value, "selected"),
                        Flag(value, "excluded")});
      EXPECT_FALSE(Text(value, "label").empty());
    }
  }
  return facets;
}

// Returns nothing, and fails the test, when `reply` is no search answer.
std::optional<Page> ReadPage(const HttpReply& reply) {
  const auto json = ParseJson(reply.body);
  if (reply.status != 200 || !json.has_value() || json->Find("hits") == nullptr) {
    ADD_FAILURE() << "status " << reply.status << ": " << reply.body;
    return std::nullopt;
  }
  Page page;
  page.answer.total = Number(*json, "total");
  page.answer.total_positions = Number(*json, "total_positions");
  page.answer.sort = Text(*json, "sort");
  for (const JsonValue& hit : *json->Find("hits")->array()) {
    page.answer.hits.push_back(ReadHit(hit));
  }
  if (const JsonValue* facets = json->Find("facets")) {
    page.answer.facets = ReadFacets(*facets);
  }
  page.next_cursor = Text(*json, "next_cursor");
  return page;
}

// Positions of two municipalities in three, as --places takes them and as the oracle does.
struct Places {
  std::string csv = "code,lat,lon\n";
  schema::PositionTable table;

  explicit Places(RandomSource* random) {
    for (const schema::Municipality& municipality : schema::Municipalities()) {
      if (random->Percent(33)) {
        continue;
      }
      const double north = random->Between(24'000, 45'000) / 1e3;
      const double east = random->Between(123'000, 145'000) / 1e3;
      csv += fmt::format("{:05},{},{}\n", municipality.code, north, east);
      table.Set(municipality.code, *schema::MakePosition(north, east));
    }
  }
};

// One corpus, its server and its oracle.
class Fixture {
 public:
  Fixture(size_t postings, Date today, RandomSource* random)
      : records_(MakeRandomFeed(postings, today, random)),
        places_(random),
        oracle_(records_, today, AsOf(today), Model(), places_.table) {
    const auto feed = folder_ / "1.xml";
    const auto places = folder_ / "places.csv";
    WriteBytes(places, places_.csv);
    WriteBytes(feed, ToFeedPage(records_));
    const auto index = folder_.path() / "index";
    const Outcome built = RunProgram({Program("kyujin-index").string(),
                                      "build",
                                      "--input",
                                      feed.string(),
                                      "--places",
                                      places.string(),
                                      "--index",
                                      index.string(),
                                      "--as-of",
                                      AsOf(today).ToString() + "T05:10:00+09:00"});
    EXPECT_EQ(built.status, 0) << built.output;
    std::string failure;
    server_ = ServerProcess::Start(
        Program("kyujin-server"), index, {"--today", today.ToString()}, &failure);
    EXPECT_NE(server_, nullptr) << failure;
    if (server_ != nullptr) {
      client_ = std::make_unique<HttpClient>(server_->port());
    }
  }

  [[nodiscard]] bool is_serving() const { return client_ != nullptr; }
  Oracle& oracle() { return oracle_; }

  std::optional<Page> Get(const OracleRequest& request,
                          const std::map<std::string, std::string>& further = {}) {
    return ReadPage(client_->Get("/v1/jobs?" + request.ToQueryString(further)));
  }
  std::optional<Page> Post(const OracleRequest& request) {
    return ReadPage(client_->Send(
        "POST", "/v1/jobs/search", {{"Content-Type", "application/json"}}, request.ToJson()));
  }

 private:
  TemporaryFolder folder_;
  std::vector<RandomRecord> records_;
  Places places_;
  Oracle oracle_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<HttpClient> client_;
};

std::vector<OracleHit> Slice(const std::vector<OracleHit>& hits, size_t offset, size_t limit) {
  const size_t begin = std::min(offset, hits.size());
  const size_t end = std::min(begin + limit, hits.size());
  return {hits.begin() + static_cast<std::ptrdiff_t>(begin),
          hits.begin() + static_cast<std::ptrdiff_t>(end)};
}

void ExpectSamePage(const Page& page, const OracleAnswer& expected, const OracleRequest& request) {
  const size_t limit = std::stoul(request.Value("limit", std::to_string(kDefaultLimit)));
  const size_t offset = std::stoul(request.Value("offset", "0"));
  EXPECT_EQ(page.answer.total, expected.total);
  EXPECT_EQ(page.answer.total_positions, expected.total_positions);
  EXPECT_EQ(page.answer.sort, expected.sort);
  EXPECT_EQ(page.answer.hits, Slice(expected.hits, offset, limit));
  EXPECT_EQ(page.next_cursor.empty(), limit == 0 || offset + limit >= expected.total);
  EXPECT_EQ(page.answer.facets.size(), expected.facets.size());
  for (const auto& [name, counts] : expected.facets) {
    const auto found = page.answer.facets.find(name);
    ASSERT_NE(found, page.answer.facets.end()) << "facet " << name;
    EXPECT_EQ(found->second, counts) << "facet " << name;
  }
}

// Walks all pages by cursor, with another limit each time, and compares the rows with the oracle's.
void ExpectSameWalk(Fixture* fixture,
                    OracleRequest request,
                    const OracleAnswer& expected,
                    RandomSource* random) {
  constexpr size_t kShortList = 60;
  const bool is_short = expected.total <= kShortList;
  for (const auto* name : {"offset", "facets"}) {
    request.values.erase(name);
  }
  // Parameters are those the cursor was made for; only `limit` may change.
  std::vector<OracleHit> rows;
  std::map<std::string, std::string> further;
  do {
    further["limit"] = std::to_string(is_short ? random->Between(1, 7) : random->Between(50, 100));
    const std::optional<Page> page = fixture->Get(request, further);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->answer.total, expected.total);
    rows.insert(rows.end(), page->answer.hits.begin(), page->answer.hits.end());
    further["cursor"] = page->next_cursor;
  } while (!further["cursor"].empty() && rows.size() <= expected.total);
  EXPECT_EQ(rows, expected.hits);
}

OracleAnswer CheckRequest(Fixture* fixture, const OracleRequest& request, RandomSource* random) {
  SCOPED_TRACE("GET /v1/jobs?" + request.ToQueryString() + "\nq: " + request.TypedWords() +
               "\nq_not: " + request.TypedExclusions() + "\n" + request.ToJson());
  OracleAnswer expected = fixture->oracle().Search(request);
  const std::optional<Page> page =
      random->Percent(20) ? fixture->Post(request) : fixture->Get(request);
  if (page) {
    ExpectSamePage(*page, expected, request);
  }
  if (random->Percent(12)) {
    ExpectSameWalk(fixture, request, expected, random);
  }
  return expected;
}

// How much the random requests really ask, so that a generator gone dull fails.
struct Coverage {
  size_t requests = 0;
  size_t found = 0;
  size_t scored = 0;
  std::set<std::string> parameters;
};

TEST(OracleTest, ServerAgreesOnEverySearch) {
  const uint64_t seed = RandomSeed();
  RandomSource random(seed);
  const Date today = *Date::Parse("2026-11-22");
  Coverage coverage;
  for (size_t corpus = 0; corpus < CorpusCount(); ++corpus) {
    Fixture fixture(static_cast<size_t>(random.Between(200, 1'500)), today, &random);
    ASSERT_TRUE(fixture.is_serving());
    for (size_t i = 0; i < kRequestsPerCorpus; ++i) {
      SCOPED_TRACE(fmt::format("KYUJIN_TEST_SEED={} corpus {} request {}", seed, corpus, i));
      const OracleRequest request = MakeRandomRequest(&fixture.oracle(), today, &random);
      const OracleAnswer answer = CheckRequest(&fixture, request, &random);
      ++coverage.requests;
      coverage.found += answer.total > 0 ? 1 : 0;
      coverage.scored += answer.total > 0 && answer.sort == "relevance" ? 1 : 0;
      for (const auto& [name, values] : request.values) {
        coverage.parameters.insert(name);
      }
      const auto* result = ::testing::UnitTest::GetInstance()->current_test_info()->result();
      ASSERT_LT(static_cast<size_t>(result->total_part_count()), kMaxShownFailures)
          << "the rest is not tried";
    }
  }
  std::cout << "requests " << coverage.requests << ", with hits " << coverage.found
            << ", by relevance " << coverage.scored << std::endl;
  EXPECT_GE(coverage.requests, 2'000U);
  EXPECT_GE(coverage.found, coverage.requests / 3);
  EXPECT_GE(coverage.scored, coverage.requests / 10);
  constexpr size_t kParameters = 43;
  EXPECT_GE(coverage.parameters.size(), kParameters);
}

}  // namespace
}  // namespace kyujin::test
