#include <gtest/gtest.h>

#include "server/api/codes_handler.h"
#include "server/api/health_handler.h"
#include "server/api/job_handler.h"
#include "server/api/search_codec.h"
#include "server/api/search_handler.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::api {
namespace {

schema::JobPosting Posting(std::string_view number,
                           std::string_view title,
                           std::string_view deadline) {
  schema::FeedRecord feed = FullRecord();
  feed.Set("kjno", number);
  feed.Set("sksu", title);
  feed.Set("kjyukoymd", deadline);
  return Derive(std::move(feed));
}

// An index of three postings, of which one is over, and all handlers on it.
class HandlersTest : public testing::Test {
 protected:
  HandlersTest() {
    index_.Publish({Posting("13010-00000001", "看護師", "2027/01/31"),
                    Posting("13010-00000002", "介護職員", "2026/11/22"),
                    Posting("13010-00000003", "調理師", "2026/11/21")});
    snapshots_.Set(index_.Open());
    search_.AddRoutes(&router_);
    jobs_.AddRoutes(&router_);
    codes_.AddRoutes(&router_);
    health_.AddRoutes(&router_);
  }

  http::HttpResponse Send(http::HttpRequest request) {
    const auto found = router_.Find(request.method, request.path);
    if (const auto* refusal = std::get_if<http::HttpResponse>(&found)) {
      return *refusal;
    }
    const auto& match = std::get<http::RouteMatch>(found);
    http::HandlerContext context;
    context.worker_index = 0;
    return match.route->handler(request, match.parameters, context);
  }

  http::HttpResponse Get(std::string_view target) {
    http::HttpRequest request;
    request.method = "GET";
    const size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    return Send(std::move(request));
  }

  http::HttpResponse Post(std::string_view body, const char* type = "application/json") {
    http::HttpRequest request;
    request.method = "POST";
    request.path = "/v1/jobs/search";
    request.headers.emplace_back("Content-Type", type);
    request.body = body;
    return Send(std::move(request));
  }

  static JsonValue Json(const http::HttpResponse& response) {
    auto value = ParseJson(response.body);
    KYUJIN_CHECK(value.has_value());
    return *std::move(value);
  }

  static int64_t Total(const http::HttpResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    const JsonValue value = Json(response);
    const JsonValue* total = value.Find("total");
    return total != nullptr && total->integer() != nullptr ? *total->integer() : -1;
  }

  SmallIndex index_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  SystemClock clock_;
  Calendar calendar_{clock_, Day("2026-11-22")};
  http::HttpObserver observer_;
  SearchWorkers workers_{index_.model(), 1};
  SearchHandler search_{{snapshots_, searcher_, calendar_, observer_}, workers_};
  JobHandler jobs_{snapshots_, calendar_, observer_};
  CodesHandler codes_;
  HealthHandler health_{snapshots_};
  http::Router router_;
};

TEST_F(HandlersTest, HighlightMarksWhatMatched) {
  const JsonValue body = Json(Get("/v1/jobs?q=看護師&highlight=on&fields=number"));
  const JsonValue& hit = body.Find("hits")->array()->front();
  ASSERT_NE(hit.Find("highlight"), nullptr);
  ASSERT_NE(hit.Find("highlight")->Find("title"), nullptr);
  EXPECT_EQ(*hit.Find("highlight")->Find("title")->string(), "<em>看護師</em>");
  for (const char* target : {"/v1/jobs?q=看護師", "/v1/jobs?q=看護師&highlight=off"}) {
    const JsonValue plain = Json(Get(target));
    EXPECT_EQ(plain.Find("hits")->array()->front().Find("highlight"), nullptr) << target;
  }
  const JsonValue wordless = Json(Get("/v1/jobs?highlight=on"));
  EXPECT_EQ(wordless.Find("hits")->array()->front().Find("highlight"), nullptr);
  EXPECT_EQ(Get("/v1/jobs?highlight=yes").status, 422);
}

TEST_F(HandlersTest, ExplainAddsUpToTheScore) {
  const JsonValue body = Json(Get("/v1/jobs?q=看護師 OR 介護職員 OR \"仕事 内容\"&explain=on"));
  const auto& hits = *body.Find("hits")->array();
  ASSERT_EQ(hits.size(), 2U);
  const auto number = [](const JsonValue& object, std::string_view name) {
    const JsonValue* value = object.Find(name);
    EXPECT_NE(value, nullptr) << name;
    return value == nullptr             ? -1.0
           : value->number() != nullptr ? *value->number()
                                        : static_cast<double>(*value->integer());
  };
  for (const JsonValue& hit : hits) {
    const JsonValue* explain = hit.Find("explain");
    ASSERT_NE(explain, nullptr);
    double total = number(*explain, "recency");
    for (const JsonValue& word : *explain->Find("words")->array()) {
      double of_word = 0;
      for (const JsonValue& field : *word.Find("fields")->array()) {
        of_word += number(field, "score");
      }
      EXPECT_EQ(of_word, number(word, "score"));
      total += of_word;
    }
    EXPECT_GT(total, 0);
    EXPECT_EQ(total, number(*explain, "score"));
    EXPECT_EQ(total, number(hit, "score"));
  }
  const JsonValue plain = Json(Get("/v1/jobs?q=看護師"));
  EXPECT_EQ(plain.Find("hits")->array()->front().Find("explain"), nullptr);
}

TEST_F(HandlersTest, AnAnswerOfTheResultCacheIsTheSameButForItsTime) {
  SearchHandler cached({snapshots_, searcher_, calendar_, observer_, size_t{1} << 20}, workers_);
  http::HttpRequest request;
  request.method = "GET";
  request.path = "/v1/jobs";
  request.query = "q=看護師&facets=all";
  http::HandlerContext context;
  context.worker_index = 0;
  const auto without_time = [](const http::HttpResponse& response) {
    return std::string(WithoutTime(response.body));
  };
  const http::HttpResponse first = cached.Get(request, context);
  const http::HttpResponse again = cached.Get(request, context);
  const http::HttpResponse plain = search_.Get(request, context);
  EXPECT_EQ(without_time(again), without_time(first));
  EXPECT_EQ(without_time(plain), without_time(first));
  EXPECT_NE(Json(again).Find("took_us")->integer(), nullptr);
  // A posting less in the next generation: another answer.
  index_.Publish({Posting("13010-00000002", "介護職員", "2026/11/22")});
  snapshots_.Set(index_.Open());
  EXPECT_EQ(Total(cached.Get(request, context)), 0);
}

TEST_F(HandlersTest, AnUnknownStationOrLicenceHasTheNearestOnes) {
  const auto station = Get("/v1/jobs?station=%E6%B8%8B%E8%B0%B7%E4%B8%AD%E5%A4%AE");  // 渋谷中央
  EXPECT_EQ(station.status, 422);
  EXPECT_NE(station.body.find("渋谷\""), std::string::npos) << station.body;
  const auto licence = Get("/v1/jobs?licence=%E7%9C%8B%E8%AD%B7");  // 看護
  EXPECT_EQ(licence.status, 422);
  EXPECT_NE(licence.body.find("看護師"), std::string::npos) << licence.body;
  EXPECT_EQ(Total(Get("/v1/jobs?station=%E6%B8%8B%E8%B0%B7%E9%A7%85")), 2);  // 渋谷駅
  EXPECT_EQ(Get("/v1/jobs?licence=L001").status, 200);
}

TEST_F(HandlersTest, SearchFindsOpenPostings) {
  const http::HttpResponse response = Get("/v1/jobs?facets=pref&limit=1");
  EXPECT_EQ(Total(response), 2);
  EXPECT_EQ(response.content_type, "application/json");
  const JsonValue body = Json(response);
  EXPECT_EQ(body.Find("hits")->array()->size(), 1U);
  EXPECT_EQ(*body.Find("hits")->array()->front().Find("number")->string(), "13010-00000001");
  EXPECT_NE(body.Find("next_cursor"), nullptr);
  EXPECT_EQ(*body.Find("index_as_of")->string(), "2026-11-22T05:10:00+09:00");
  EXPECT_EQ(body.Find("facets")->Find("pref")->array()->size(), 1U);
  EXPECT_NE(body.Find("took_us")->integer(), nullptr);
}

TEST_F(HandlersTest, WordsFiltersAndPostAgree) {
  EXPECT_EQ(Total(Get("/v1/jobs?q=%E7%9C%8B%E8%AD%B7%E5%B8%AB")), 1);
  EXPECT_EQ(Total(Post(R"({"q": "看護師"})")), 1);
  EXPECT_EQ(Total(Get("/v1/jobs?number=1301000000002,1301000000003")), 1);
  EXPECT_EQ(Total(Post(R"({"number": ["13010-00000002"], "limit": 0})")), 1);
  EXPECT_EQ(Total(Get("/v1/jobs?pref=14")), 0);
}

TEST_F(HandlersTest, CursorsWalkToTheEnd) {
  const JsonValue first = Json(Get("/v1/jobs?limit=1"));
  const JsonValue second =
      Json(Get("/v1/jobs?limit=1&cursor=" + *first.Find("next_cursor")->string()));
  EXPECT_EQ(*second.Find("hits")->array()->front().Find("number")->string(), "13010-00000002");
  EXPECT_EQ(second.Find("next_cursor"), nullptr);
}

TEST_F(HandlersTest, CursorsOfAnotherIndexAreRefused) {
  const std::string cursor = query::EncodeCursor({1, 1, query::HashRequest(""), 0, 1301000000001});
  EXPECT_EQ(Get("/v1/jobs?cursor=" + cursor).status, 400);
}

TEST_F(HandlersTest, WrongParametersAreProblems) {
  EXPECT_EQ(Get("/v1/jobs?foo=1").status, 400);
  EXPECT_EQ(Get("/v1/jobs?pref=tokyo").status, 422);
  EXPECT_EQ(Get("/v1/jobs?pref=tokyo&limit=x").status, 400);
  EXPECT_EQ(Get("/v1/jobs?q=%E3%81").status, 400);
  EXPECT_EQ(Post("{").status, 400);
  EXPECT_EQ(Post("[]").status, 400);
  EXPECT_EQ(Post(R"({"q": "a", "q": "b"})").status, 400);
  EXPECT_EQ(Post(R"({"pref": ["99"]})").status, 422);
  EXPECT_EQ(Post("{}", "text/plain").status, 415);
}

TEST_F(HandlersTest, AnswersCanBeRevalidated) {
  const http::HttpResponse response = Get("/v1/jobs?pref=13");
  ASSERT_TRUE(response.Header("ETag").has_value());
  EXPECT_EQ(response.Header("Cache-Control"), "no-cache");
  http::HttpRequest again;
  again.method = "GET";
  again.path = "/v1/jobs";
  again.query = "pref=%EF%BC%91%EF%BC%93";  // the same in full width
  again.headers.emplace_back("If-None-Match", *response.Header("ETag"));
  EXPECT_EQ(Send(again).status, 304);
  again.query = "pref=14";
  EXPECT_EQ(Send(again).status, 200);
  EXPECT_FALSE(Post("{}").Header("ETag").has_value());
}

TEST_F(HandlersTest, OnePosting) {
  const http::HttpResponse response = Get("/v1/jobs/1301000000001");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(*Json(response).Find("title")->string(), "看護師");
  EXPECT_NE(Json(response).Find("feed"), nullptr);
  EXPECT_EQ(Get("/v1/jobs/13010-00000003").status, 410);
  EXPECT_EQ(Get("/v1/jobs/13010-00000009").status, 404);
  EXPECT_EQ(Get("/v1/jobs/abc").status, 400);
  EXPECT_EQ(Get("/v1/jobs/13010-00000001?fields=number").status, 400);
}

TEST_F(HandlersTest, GonePostingsAreForgottenAfter90Days) {
  schema::JobPosting posting;
  EXPECT_EQ(StateOf(posting, Day("2026-11-22")), JobState::kOpen);
  posting.deadline = Day("2026-11-22");
  EXPECT_EQ(StateOf(posting, Day("2026-11-22")), JobState::kOpen);
  EXPECT_EQ(StateOf(posting, Day("2026-11-23")), JobState::kGone);
  EXPECT_EQ(StateOf(posting, Day("2027-02-20")), JobState::kGone);
  EXPECT_EQ(StateOf(posting, Day("2027-02-21")), JobState::kForgotten);
}

TEST_F(HandlersTest, CodeTables) {
  const JsonValue list = Json(Get("/v1/codes"));
  ASSERT_NE(list.Find("tables"), nullptr);
  EXPECT_EQ(*list.Find("tables")->array()->front().string(), "pref");
  const http::HttpResponse table = Get("/v1/codes/pref");
  EXPECT_EQ(table.status, 200);
  EXPECT_EQ(Json(table).Find("codes")->array()->size(), 47U);
  EXPECT_EQ(Get("/v1/codes/nothing").status, 404);
  EXPECT_EQ(Get("/v1/codes?x=1").status, 400);
}

TEST_F(HandlersTest, ReadinessFollowsTheSnapshot) {
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/readyz").status, 200);
  snapshots_.Set(nullptr);
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/readyz").status, 503);
  EXPECT_EQ(Get("/v1/jobs").status, 503);
  EXPECT_EQ(Get("/v1/jobs/13010-00000001").status, 503);
}

TEST_F(HandlersTest, JsonIsTheOnlyRepresentation) {
  for (const char* path : {"/v1/jobs", "/v1/jobs/13010-00000001", "/v1/codes", "/v1/codes/pref"}) {
    http::HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.headers.emplace_back("Accept", "text/html");
    EXPECT_EQ(Send(std::move(request)).status, 406) << path;
  }
}

}  // namespace
}  // namespace kyujin::api
