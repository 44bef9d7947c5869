#include "server/api/suggest_handler.h"

#include <gtest/gtest.h>

#include "server/api/search_handler.h"
#include "server/http/url.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::api {
namespace {

struct Texts {
  const char* number;
  const char* employer;
  const char* occupation;
  const char* station;
  const char* place;
};

http::HandlerContext FirstWorker() {
  http::HandlerContext context;
  context.worker_index = 0;
  return context;
}

schema::JobPosting Posting(const Texts& texts) {
  schema::FeedRecord feed = FullRecord();
  feed.Set("kjno", texts.number);
  feed.Set("jgshmei", texts.employer);
  feed.Set("skgybrui1_c", texts.occupation);
  feed.Set("shgbs_myre", texts.station);
  feed.Set("shgbsjusho1_n", texts.place);
  feed.Set("shgbsjusho", "");
  return Derive(std::move(feed));
}

class SuggestHandlerTest : public testing::Test {
 protected:
  SuggestHandlerTest() {
    index_.Publish(
        {Posting({"13010-00000001", "株式会社カモメ", "023-01", "ＪＲ渋谷駅", "東京都渋谷区"}),
         Posting({"13010-00000002", "カモメ電機株式会社", "023-01", "ＪＲ渋川駅", "群馬県渋川市"}),
         Posting({"13010-00000003", "医療法人青空会", "050-01", "ＪＲ渋谷駅", "東京都渋谷区"})});
    snapshots_.Set(index_.Open());
    handler_.AddRoutes(&router_);
    search_.AddRoutes(&router_);
  }

  http::HttpResponse Get(const std::string& path, const std::string& query) {
    http::HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = query;
    const auto found = router_.Find(request.method, request.path);
    const auto& match = std::get<http::RouteMatch>(found);
    return match.route->handler(request, match.parameters, FirstWorker());
  }

  struct Seen {
    std::string kind;
    std::string text;
    std::string parameter;
    std::string value;
    int64_t count;
    friend bool operator==(const Seen&, const Seen&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Seen& seen) {
      return out << seen.kind << ' ' << seen.text << ' ' << seen.parameter << '=' << seen.value
                 << ' ' << seen.count;
    }
  };

  std::vector<Seen> Suggest(const std::string& query) {
    const http::HttpResponse response = Get("/v1/suggest", query);
    EXPECT_EQ(response.status, 200) << response.body;
    const auto body = ParseJson(response.body);
    KYUJIN_CHECK(body.has_value());
    std::vector<Seen> seen;
    for (const JsonValue& item : *body->Find("suggestions")->array()) {
      EXPECT_NE(item.Find("label"), nullptr);
      seen.push_back({*item.Find("kind")->string(),
                      *item.Find("text")->string(),
                      *item.Find("parameter")->string(),
                      *item.Find("value")->string(),
                      *item.Find("count")->integer()});
    }
    return seen;
  }

  SmallIndex index_;
  index::SnapshotHolder snapshots_;
  search::Searcher searcher_;
  suggest::Suggester suggester_;
  SystemClock clock_;
  Calendar calendar_{clock_, Day("2026-11-22")};
  http::HttpObserver observer_;
  SearchWorkers workers_{index_.model(), 1};
  SuggestHandler handler_{{snapshots_, searcher_, suggester_, calendar_, observer_}, workers_};
  SearchHandler search_{{snapshots_, searcher_, calendar_, observer_}, workers_};
  http::Router router_;
};

TEST_F(SuggestHandlerTest, KanjiKanaAndLettersLeadToTheSame) {
  for (const char* typed : {"看", "かんご", "カンゴ", "kango", "ｶﾝｺﾞ", "kangosih"}) {
    const std::vector<Seen> seen = Suggest(std::string("q=") + typed);
    ASSERT_FALSE(seen.empty()) << typed;
    EXPECT_TRUE(seen.front().text.starts_with("看護")) << seen.front();
    EXPECT_EQ(seen.front().value, "023") << typed;
    EXPECT_EQ(seen.front().count, 2) << typed;
  }
}

TEST_F(SuggestHandlerTest, PlacesAndStations) {
  EXPECT_EQ(Suggest("q=渋"),
            (std::vector<Seen>{{"place", "渋谷区", "city", "13113", 2},
                               {"station", "渋谷", "station", "渋谷", 2},
                               {"place", "渋川市", "city", "10208", 1},
                               {"station", "渋川", "station", "渋川", 1}}));
  EXPECT_EQ(Suggest("q=とうきょ"), (std::vector<Seen>{{"place", "東京都", "pref", "13", 2}}));
  EXPECT_EQ(Suggest("q=京都"), std::vector<Seen>());
}

TEST_F(SuggestHandlerTest, EmployersWithoutTheirLegalForm) {
  const std::vector<Seen> seen = Suggest("q=かも");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].text, "カモメ電機株式会社");
  EXPECT_EQ(seen[1].text, "株式会社カモメ");
  EXPECT_EQ(seen[1].kind, "employer");
  EXPECT_EQ(Suggest("q=kamo").size(), 2U);
  EXPECT_EQ(Suggest("q=株式会社かも").size(), 0U);
}

TEST_F(SuggestHandlerTest, CountsLiveUnderTheOtherFilters) {
  EXPECT_EQ(Suggest("q=看&pref=13").front().count, 1);
  EXPECT_EQ(Suggest("q=看&pref=13&occupation=050").front().count, 1);  // its own is lifted
  EXPECT_EQ(Suggest("q=渋谷区&pref=10").front().count, 2);
  EXPECT_EQ(Suggest("q=看&pref=01"), std::vector<Seen>());
  EXPECT_EQ(Suggest("q=看&q_not=渋川").front().count, 1);
}

TEST_F(SuggestHandlerTest, ACountIsWhatChoosingTheSuggestionFinds) {
  for (const char* typed : {"看", "渋", "か", "青"}) {
    for (const Seen& seen : Suggest(std::string("limit=50&q=") + typed)) {
      const http::HttpResponse response =
          Get("/v1/jobs", "limit=0&" + seen.parameter + "=" + seen.value);
      if (response.status == 200) {
        const auto body = ParseJson(response.body);
        EXPECT_EQ(*body->Find("total")->integer(), seen.count) << seen;
      }
    }
  }
}

TEST_F(SuggestHandlerTest, LimitsAndErrors) {
  EXPECT_EQ(Suggest("q=渋&limit=1").size(), 1U);
  EXPECT_EQ(Suggest("q=渋&limit=0").size(), 0U);
  EXPECT_EQ(Suggest("q="), std::vector<Seen>());
  EXPECT_EQ(Suggest(""), std::vector<Seen>());
  EXPECT_EQ(Suggest("q=zzzz"), std::vector<Seen>());
  for (const char* query : {"q=a&q=b",
                            "q=a&foo=1",
                            "q=a&sort=new",
                            "q=a&facets=pref",
                            "q=a&limit=x",
                            "q=a&limit=101"}) {
    EXPECT_EQ(Get("/v1/suggest", query).status, 400) << query;
  }
  EXPECT_EQ(Get("/v1/suggest", "q=a&pref=tokyo").status, 422);
  std::string longest = "q=";
  for (int i = 0; i < 200; ++i) {
    longest += "あ";
  }
  EXPECT_EQ(Get("/v1/suggest", longest).status, 200);
  EXPECT_EQ(Get("/v1/suggest", longest + "あ").status, 400);
}

TEST_F(SuggestHandlerTest, AnUnchangedAnswerIsNotSentAgain) {
  const http::HttpResponse first = Get("/v1/suggest", "q=渋");
  std::string tag;
  for (const auto& [name, value] : first.headers) {
    if (name == "ETag") {
      tag = value;
    }
  }
  ASSERT_FALSE(tag.empty());
  http::HttpRequest request;
  request.method = "GET";
  request.path = "/v1/suggest";
  request.query = "q=渋";
  request.headers.emplace_back("If-None-Match", tag);
  EXPECT_EQ(handler_.Get(request, FirstWorker()).status, 304);
}

// A feed that gives no codes of occupations: their names are looked for as words.
TEST(SuggestWithoutCodesTest, OccupationsBecomeWords) {
  SmallIndex index;
  schema::FeedRecord feed = FullRecord();
  feed.Set("sksu", "看護師");
  feed.Set("skgybrui1_c", "");
  index.Publish({Derive(std::move(feed))});
  index::SnapshotHolder snapshots;
  snapshots.Set(index.Open());
  search::Searcher searcher;
  suggest::Suggester suggester;
  const SystemClock clock;
  const Calendar calendar(clock, Day("2026-11-22"));
  http::HttpObserver observer;
  SearchWorkers workers(index.model(), 1);
  SuggestHandler handler({snapshots, searcher, suggester, calendar, observer}, workers);
  http::HttpRequest request;
  request.method = "GET";
  request.path = "/v1/suggest";
  request.query = "q=かんごし";
  const http::HttpResponse response = handler.Get(request, FirstWorker());
  EXPECT_TRUE(response.body.starts_with(
      R"({"suggestions":[{"text":"看護師","kind":"occupation","parameter":"q",)"
      R"("value":"看護師","label":"看護師","count":1})"))
      << response.body;
}

}  // namespace
}  // namespace kyujin::api
