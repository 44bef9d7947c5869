// The real kyujin-server: how it starts and ends, what its calls answer, how it changes
// generations.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/base/json.h"
#include "tests/integration/sample_index.h"
#include "tests/testing/child_process.h"
#include "tests/testing/http_client.h"
#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr unsigned kPostings = 20;
constexpr unsigned kExpired = 900;    // deadline yesterday
constexpr unsigned kForgotten = 901;  // deadline 91 days ago
constexpr unsigned kLastDay = 902;    // deadline today
constexpr unsigned kSearchable = kPostings + 1;

std::string RecordWithDeadline(unsigned serial, std::string_view deadline) {
  std::string record = SampleRecord(serial);
  constexpr std::string_view kOpen = "2027/01/31";
  return record.replace(record.find(kOpen), kOpen.size(), deadline);
}

// A server over an index of kPostings open postings and some that are about to end or have ended.
class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string records = RecordWithDeadline(kExpired, "2026/11/21") +
                          RecordWithDeadline(kForgotten, "2026/08/23") +
                          RecordWithDeadline(kLastDay, "2026/11/22");
    for (unsigned serial = 1; serial <= kPostings; ++serial) {
      records += SampleRecord(serial);
    }
    const auto index = folder_ / "index";
    const Outcome built = Build(WriteInput(folder_ / "feed.xml", SamplePage(records)), index);
    ASSERT_EQ(built.status, 0) << built.output;
    std::string failure;
    server_ = ServerProcess::Start(
        ServerProgram(), index, {"--today", std::string(kSampleToday)}, &failure);
    ASSERT_NE(server_, nullptr) << failure;
    client_ = std::make_unique<HttpClient>(server_->port());
  }

  HttpClient& client() { return *client_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<HttpClient> client_;
};

// The first error of a problem, or a null value.
JsonValue FirstError(const HttpReply& reply) {
  const auto problem = ParseJson(reply.body);
  const JsonValue* errors = problem.has_value() ? problem->Find("errors") : nullptr;
  return errors == nullptr || errors->array()->empty() ? JsonValue() : errors->array()->front();
}

std::string Member(const JsonValue& value, std::string_view name) {
  const JsonValue* member = value.Find(name);
  return member == nullptr || member->string() == nullptr ? "" : *member->string();
}

void ExpectProblem(const HttpReply& reply, int status) {
  EXPECT_EQ(reply.status, status) << reply.body;
  const auto type = reply.headers.find("content-type");
  ASSERT_NE(type, reply.headers.end());
  EXPECT_THAT(type->second, StartsWith("application/problem+json"));
  const auto problem = ParseJson(reply.body);
  ASSERT_TRUE(problem.has_value()) << reply.body;
  EXPECT_EQ(*problem->Find("status")->integer(), status);
  EXPECT_FALSE(Member(*problem, "title").empty());
}

TEST_F(ServerTest, SaysThatItIsWellAndReady) {
  EXPECT_EQ(client().Get("/healthz").status, 200);
  const HttpReply ready = client().Get("/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_THAT(ready.body, HasSubstr("\"generation\":1"));
}

TEST_F(ServerTest, FindsWhatIsOpenToday) {
  const HttpReply reply = client().Get("/v1/jobs?q=%E8%AA%BF%E7%90%86&limit=100");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr(fmt::format("\"total\":{}", kSearchable)));
  EXPECT_THAT(reply.body, HasSubstr(SampleNumber(kLastDay)));
  EXPECT_THAT(reply.body, ::testing::Not(HasSubstr(SampleNumber(kExpired))));
}

TEST_F(ServerTest, ServesCodeTables) {
  EXPECT_THAT(client().Get("/v1/codes").body, HasSubstr("\"pref\""));
  const HttpReply prefectures = client().Get("/v1/codes/pref");
  EXPECT_EQ(prefectures.status, 200);
  EXPECT_THAT(prefectures.body, HasSubstr("東京都"));
  ExpectProblem(client().Get("/v1/codes/planets"), 404);
}

TEST_F(ServerTest, ServesOnePosting) {
  const HttpReply reply = client().Get("/v1/jobs/" + SampleNumber(1));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr(SampleNumber(1)));
  EXPECT_THAT(reply.body, HasSubstr("\"shgbsjusho1_n\":\"東京都渋谷区\""));
  // Without the hyphen as well.
  EXPECT_EQ(client().Get("/v1/jobs/9901000000001").status, 200);
}

TEST_F(ServerTest, TellsAPostingThatIsGoneFromOneThatNeverWas) {
  ExpectProblem(client().Get("/v1/jobs/not-a-number"), 400);
  ExpectProblem(client().Get("/v1/jobs/" + SampleNumber(12'345)), 404);
  ExpectProblem(client().Get("/v1/jobs/" + SampleNumber(kExpired)), 410);
  ExpectProblem(client().Get("/v1/jobs/" + SampleNumber(kForgotten)), 404);
}

TEST_F(ServerTest, RefusesUnknownParameters) {
  const HttpReply reply = client().Get("/v1/jobs?perfecture=13");
  ExpectProblem(reply, 400);
  EXPECT_EQ(Member(FirstError(reply), "parameter"), "perfecture");
}

TEST_F(ServerTest, RefusesMalformedValues) {
  for (const std::string_view query : {"limit=ten",
                                       "limit=101",
                                       "limit=10&limit=20",
                                       "received_from=yesterday",
                                       "offset=10001",
                                       "cursor=x",
                                       "number=12",
                                       "q=%FF"}) {
    SCOPED_TRACE(query);
    ExpectProblem(client().Get("/v1/jobs?" + std::string(query)), 400);
  }
}

TEST_F(ServerTest, SuggestsCodesForUnknownValues) {
  struct Case {
    std::string_view query;
    std::string_view suggestion;
  };
  for (const Case& unknown : {Case{"pref=tokyo", "13"},
                              Case{"city=13199", ""},
                              Case{"sort=newest", "new"},
                              Case{"conditions=no_nightwork", "no_night_work"},
                              Case{"facets=prefs", "pref"}}) {
    SCOPED_TRACE(unknown.query);
    const HttpReply reply = client().Get("/v1/jobs?" + std::string(unknown.query));
    ExpectProblem(reply, 422);
    const JsonValue error = FirstError(reply);
    const JsonValue* suggestions = error.Find("suggestions");
    ASSERT_NE(suggestions, nullptr) << reply.body;
    ASSERT_FALSE(suggestions->array()->empty()) << reply.body;
    if (!unknown.suggestion.empty()) {
      EXPECT_EQ(Member(suggestions->array()->front(), "code"), unknown.suggestion) << reply.body;
    }
  }
}

TEST_F(ServerTest, RefusesWhatItDoesNotServe) {
  ExpectProblem(client().Get("/v1/nothing"), 404);
  const HttpReply wrong_method = client().Send("DELETE", "/v1/jobs");
  ExpectProblem(wrong_method, 405);
  EXPECT_THAT(wrong_method.headers.at("allow"), HasSubstr("GET"));
  ExpectProblem(client().Send("GET", "/v1/jobs", {{"Accept", "text/csv"}}), 406);
  ExpectProblem(client().Send("POST", "/v1/jobs/search", {{"Content-Type", "text/plain"}}, "{}"),
                415);
  ExpectProblem(
      client().Send(
          "POST", "/v1/jobs/search", {{"Content-Type", "application/json"}}, "{\"limit\":"),
      400);
}

TEST_F(ServerTest, AnswersNotModifiedToItsOwnTag) {
  for (const std::string target :
       {"/v1/jobs?pref=13&limit=2", "/v1/jobs/99010-00000001", "/v1/codes"}) {
    SCOPED_TRACE(target);
    const HttpReply reply = client().Get(target);
    ASSERT_EQ(reply.headers.count("etag"), 1U);
    const std::string tag = reply.headers.at("etag");
    EXPECT_THAT(tag, StartsWith("W/\""));
    const HttpReply again = client().Send("GET", target, {{"If-None-Match", tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(again.headers.at("etag"), tag);
    EXPECT_EQ(client().Send("GET", target, {{"If-None-Match", "W/\"other\""}}).status, 200);
  }
  // The same search written another way has the same tag; another page has another.
  const std::string tag = client().Get("/v1/jobs?pref=13,14").headers.at("etag");
  EXPECT_EQ(client().Get("/v1/jobs?pref=14&pref=13&limit=30").headers.at("etag"), tag);
  EXPECT_NE(client().Get("/v1/jobs?pref=13,14&offset=1").headers.at("etag"), tag);
}

TEST_F(ServerTest, AnswersHeadAsGetWithoutABody) {
  const HttpReply get = client().Get("/v1/codes/pref");
  const HttpReply head = client().Send("HEAD", "/v1/codes/pref");
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.body.empty());
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.headers.at("etag"), get.headers.at("etag"));
  // The connection stays usable: the body really was not sent.
  EXPECT_EQ(client().Get("/healthz").status, 200);
}

TEST_F(ServerTest, AnswersOptions) {
  const HttpReply reply = client().Send("OPTIONS", "/v1/jobs");
  EXPECT_EQ(reply.status, 204);
  EXPECT_THAT(reply.headers.at("allow"), HasSubstr("GET"));
}

}  // namespace
}  // namespace kyujin::test
