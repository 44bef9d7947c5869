#include <gmock/gmock.h>

#include "tests/unit/api/people_fixture.h"

namespace kyujin::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kCollection = "/v1/saved-queries";

class SavedQueryHandlerTest : public PeopleFixture {
 protected:
  SavedQueryHandlerTest() {
    schema::FeedRecord old = PeopleRecord("13010-00000003", "看護師");
    old.Set("uktkymd_seireki", "2026/09/01");
    Publish({PeopleRecord("13010-00000001", "看護師"),
             PeopleRecord("13010-00000002", "介護職員"),
             old});
  }

  std::string Save(const std::string& query, const std::string& notify = "instant") {
    const JsonValue made = Json(Create(query, notify), 201);
    return Text(made, "id");
  }

  http::HttpResponse Create(const std::string& query, const std::string& notify = "instant") {
    return Send("POST",
                kCollection,
                {alice_, R"({"name":"x","notify":")" + notify + R"(","query":)" + query + "}"});
  }

  std::vector<std::string> Numbers(const std::string& target) {
    const JsonValue answer = Json(Send("GET", target, {alice_}));
    std::vector<std::string> numbers;
    for (const JsonValue& hit : List(answer, "hits")) {
      numbers.push_back(Text(hit, "number"));
    }
    return numbers;
  }

  static std::string One(const std::string& id, const std::string& rest = "") {
    return std::string(kCollection) + "/" + id + rest;
  }

  const std::string alice_ = Token("alice");
};

TEST_F(SavedQueryHandlerTest, SavesFrozenAndCounts) {
  const JsonValue made = Json(Create(R"({"q":"看護師 東京都","limit":5,"sort":"wage_min"})"), 201);
  EXPECT_EQ(Text(made, "name"), "x");
  EXPECT_EQ(Text(made, "q"), "看護師 東京都");
  EXPECT_EQ(Text(made, "notify"), "instant");
  EXPECT_THAT(Text(made, "query"), HasSubstr("interpret=off"));
  EXPECT_THAT(Text(made, "query"), HasSubstr("pref=13"));
  EXPECT_THAT(Text(made, "query"), testing::Not(HasSubstr("limit")));
  EXPECT_EQ(Int(made, "total"), 2);
  // One of the two was received within 30 days: 1 / 30.
  EXPECT_NEAR(*made.Find("per_day")->number(), 0.0, 0.001);
  EXPECT_EQ(Int(made, "seen_generation"), 1);
}

TEST_F(SavedQueryHandlerTest, PreviewCountsPostingsOfThirtyDays) {
  std::vector<schema::FeedRecord> records;
  for (int i = 10; i < 25; ++i) {
    records.push_back(PeopleRecord("13010-000000" + std::to_string(i), "調理師"));
    records.back().Set("uktkymd_seireki", i < 13 ? "2026/10/24" : "2026/10/23");
  }
  Publish(records);
  const JsonValue made = Json(Create(R"({"q":"調理師"})"), 201);
  EXPECT_EQ(Int(made, "total"), 15);
  // 2026-10-24 is the first of the last thirty days.
  EXPECT_DOUBLE_EQ(*made.Find("per_day")->number(), 0.1);
}

TEST_F(SavedQueryHandlerTest, RefusesWhatASearchRefuses) {
  EXPECT_EQ(Create(R"({"qq":"a"})").status, 400);
  EXPECT_EQ(Create(R"({"pref":["99"]})").status, 422);
  EXPECT_EQ(Create(R"({"station":["存在しない駅"]})").status, 422);
  EXPECT_EQ(Create(R"({"conditions":["-new"]})").status, 422);
  EXPECT_EQ(Create("[]").status, 400);
  EXPECT_EQ(Create(R"({"q":"a"})", "weekly").status, 422);
}

TEST_F(SavedQueryHandlerTest, RefusesOtherMembersAndNames) {
  for (const char* body : {R"({"query":{}})",
                           R"({"name":"","query":{}})",
                           R"({"name":"　","query":{}})",
                           R"({"name":"a\u0007","query":{}})",
                           R"({"name":1,"query":{}})",
                           R"({"name":"a"})",
                           R"({"name":"a","query":{},"id":"1"})",
                           R"({"name":"a","query":{},"user":"bob"})",
                           "[1]",
                           "{"}) {
    EXPECT_EQ(Send("POST", kCollection, {alice_, body}).status, 400) << body;
  }
  std::string name;
  for (int i = 0; i < 100; ++i) {
    name += "あ";
  }
  const auto with_name = [&](const std::string& text) {
    return Send("POST", kCollection, {alice_, R"({"name":")" + text + R"(","query":{}})"}).status;
  };
  EXPECT_EQ(with_name(name), 201);
  EXPECT_EQ(with_name(name + "あ"), 400);
}

TEST_F(SavedQueryHandlerTest, TellsTheLimitInJapanese) {
  for (int i = 0; i < 3; ++i) {
    Save(R"({"q":"看護師"})");
  }
  const JsonValue problem = Json(Create(R"({"q":"看護師"})"), 409);
  EXPECT_THAT(Text(problem, "title"), HasSubstr("3件まで"));
}

TEST_F(SavedQueryHandlerTest, ListsReadsRenamesPausesAndDeletes) {
  const std::string id = Save(R"({"q":"看護師"})");
  Save(R"({"pref":["13"]})", "off");
  const JsonValue list = Json(Send("GET", kCollection, {alice_}));
  EXPECT_THAT(List(list, "saved_queries"), SizeIs(2));
  EXPECT_EQ(Int(list, "max"), 3);
  const JsonValue changed =
      Json(Send("PATCH", One(id), {alice_, R"({"name":"新しい名前","paused":true})"}));
  EXPECT_EQ(Text(changed, "name"), "新しい名前");
  EXPECT_TRUE(*changed.Find("paused")->boolean());
  EXPECT_EQ(Text(changed, "notify"), "instant");
  EXPECT_EQ(Send("PATCH", One(id), {alice_, R"({"query":{}})"}).status, 400);
  EXPECT_EQ(Text(Json(Send("GET", One(id), {alice_})), "name"), "新しい名前");
  EXPECT_EQ(Send("DELETE", One(id), {alice_}).status, 204);
  EXPECT_EQ(Send("GET", One(id), {alice_}).status, 404);
  EXPECT_EQ(Send("DELETE", One(id), {alice_}).status, 404);
}

TEST_F(SavedQueryHandlerTest, IdsAreReadStrictly) {
  const std::string id = Save(R"({"q":"看護師"})");
  for (const std::string& other :
       {"0" + id, "+" + id, id + "x", std::string("-1"), std::string("99999999999999999999")}) {
    EXPECT_EQ(Send("GET", One(other), {alice_}).status, 404) << other;
  }
}

TEST_F(SavedQueryHandlerTest, IdempotencyKeyGivesTheSameAnswer) {
  const std::vector<http::HeaderField> key = {{"Idempotency-Key", "k1"}};
  const std::string body = R"({"name":"a","query":{"q":"看護師"}})";
  const auto first = Send("POST", kCollection, {alice_, body, key});
  const auto second = Send("POST", kCollection, {alice_, body, key});
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(Send("POST", kCollection, {alice_, R"({"name":"b","query":{}})", key}).status, 422);
  EXPECT_EQ(Send("POST", kCollection, {alice_, body, {{"Idempotency-Key", ""}}}).status, 400);
  EXPECT_THAT(List(Json(Send("GET", kCollection, {alice_})), "saved_queries"), SizeIs(1));
}

TEST_F(SavedQueryHandlerTest, ResultsAreThoseOfTheSearch) {
  const std::string id = Save(R"({"q":"看護師"})");
  EXPECT_THAT(Numbers(One(id, "/results")), ElementsAre("13010-00000001", "13010-00000003"));
  EXPECT_THAT(Numbers(One(id, "/results?sort=new&limit=1")), ElementsAre("13010-00000001"));
  EXPECT_THAT(Numbers(One(id, "/results?number=13010-00000003")), ElementsAre("13010-00000003"));
  EXPECT_THAT(Numbers(One(id, "/results?q=介護職員")), ElementsAre());
  EXPECT_THAT(Numbers(One(id, "/results?received_within_days=5")), ElementsAre("13010-00000001"));
  EXPECT_EQ(Send("GET", One(id, "/results?nothing=1"), {alice_}).status, 400);
  EXPECT_EQ(Send("GET", One(id, "/results?pref=99"), {alice_}).status, 422);
  EXPECT_EQ(Send("GET", One(id, "/results?unseen=2"), {alice_}).status, 400);
}

TEST_F(SavedQueryHandlerTest, FiltersOfOneGroupAreBothHeld) {
  const std::string id = Save(R"({"pref":["13"],"monthly_min":200000})");
  EXPECT_THAT(Numbers(One(id, "/results")), SizeIs(3));
  EXPECT_THAT(Numbers(One(id, "/results?pref=14")), SizeIs(0));
  EXPECT_THAT(Numbers(One(id, "/results?monthly_min=300000")), SizeIs(0));
  EXPECT_THAT(Numbers(One(id, "/results?monthly_min=100000")), SizeIs(3));
}

TEST_F(SavedQueryHandlerTest, EachOrderHasItsOwnAnswer) {
  const std::string id = Save(R"({"q":"看護師"})");
  const auto sort = [&](const std::string& parameters) {
    return Text(Json(Send("GET", One(id, "/results" + parameters), {alice_})), "sort");
  };
  EXPECT_EQ(sort(""), "relevance");
  EXPECT_EQ(sort("?sort=new"), "new");
  EXPECT_EQ(sort("?sort=relevance"), "relevance");
  EXPECT_EQ(sort("?sort=wage_max"), "wage_max");
}

TEST_F(SavedQueryHandlerTest, CursorsGoThroughAllResults) {
  const std::string id = Save(R"({"pref":["13"]})");
  const JsonValue first = Json(Send("GET", One(id, "/results?limit=2"), {alice_}));
  const std::string cursor = Text(first, "next_cursor");
  ASSERT_FALSE(cursor.empty());
  EXPECT_THAT(Numbers(One(id, "/results?limit=2&cursor=" + cursor)), ElementsAre("13010-00000003"));
  const std::string other = Save(R"({"pref":["13"],"full_part":["full"]})");
  EXPECT_EQ(Send("GET", One(other, "/results?cursor=" + cursor), {alice_}).status, 400);
  EXPECT_EQ(Send("GET", One(id, "/results?sort=deadline&cursor=" + cursor), {alice_}).status, 400);
  EXPECT_EQ(Send("GET", One(id, "/results?offset=1&cursor=" + cursor), {alice_}).status, 400);
  EXPECT_EQ(Send("GET", One(id, "/results?cursor=nonsense"), {alice_}).status, 400);
}

TEST_F(SavedQueryHandlerTest, UnseenIsWhatCameAfterTheMark) {
  const std::string id = Save(R"({"q":"看護師"})");
  EXPECT_THAT(Numbers(One(id, "/results?unseen=1")), ElementsAre());
  EXPECT_THAT(Numbers(One(id, "/results?unseen=0")), SizeIs(2));
  // The lists of changes do not reach back before the first generation: everything is unseen.
  EXPECT_EQ(Send("PUT", One(id, "/seen"), {alice_, R"({"generation":0})"}).status, 204);
  EXPECT_THAT(Numbers(One(id, "/results?unseen=1")), SizeIs(2));
  EXPECT_EQ(Int(Json(Send("GET", One(id), {alice_})), "seen_generation"), 0);
  EXPECT_EQ(Send("PUT", One(id, "/seen"), {alice_, R"({"generation":-1})"}).status, 400);
  EXPECT_EQ(Send("PUT", One(id, "/seen"), {alice_, "{}"}).status, 400);
}

TEST_F(SavedQueryHandlerTest, SaysWhatTheTablesDoNotKnowAnyMore) {
  store::NewSavedQuery old;
  old.name = "old";
  old.canonical = "interpret=off&partial=never&pref=13&removed_field=1";
  old.max_per_user = 9;
  std::string id;
  ASSERT_TRUE(store_
                  ->CreateSavedQuery({"alice", 1},
                                     old,
                                     std::nullopt,
                                     [&](const store::SavedQuery& saved) {
                                       id = std::to_string(saved.id);
                                       return std::string();
                                     })
                  .has_value());
  const JsonValue saved = Json(Send("GET", One(id), {alice_}));
  const JsonValue* problem = saved.Find("problem");
  ASSERT_NE(problem, nullptr);
  EXPECT_THAT(Text(*problem, "title"), HasSubstr("いまは使えない項目"));
  EXPECT_EQ(Text(List(*problem, "errors").front(), "parameter"), "removed_field");
  EXPECT_EQ(Send("GET", One(id, "/results"), {alice_}).status, 400);
}

}  // namespace
}  // namespace kyujin::api
