#include <gmock/gmock.h>

#include "tests/unit/api/people_fixture.h"

namespace kyujin::api {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class FavouriteHandlerTest : public PeopleFixture {
 protected:
  FavouriteHandlerTest() { Publish({Record(), PeopleRecord("13010-00000002", "介護職員")}); }

  static schema::FeedRecord Record() { return PeopleRecord("13010-00000001", "看護師"); }

  // What changed of the first posting, when it is `record` now.
  std::vector<std::string> Changes(const std::vector<schema::FeedRecord>& records) {
    Publish(records);
    last_ = Json(Send("GET", kFirst, {alice_}));
    std::vector<std::string> what;
    for (const JsonValue& change : List(last_, "changes")) {
      what.push_back(Text(change, "what"));
    }
    return what;
  }

  static constexpr const char* kFirst = "/v1/favourites/13010-00000001";
  const std::string alice_ = Token("alice");
  JsonValue last_;
};

TEST_F(FavouriteHandlerTest, KeepsAndDrops) {
  EXPECT_EQ(Send("GET", kFirst, {alice_}).status, 404);
  const JsonValue kept = Json(Send("PUT", kFirst, {alice_}));
  EXPECT_EQ(Text(kept, "number"), "13010-00000001");
  EXPECT_EQ(Text(kept, "title"), "看護師");
  EXPECT_EQ(Text(kept, "deadline"), "2027-01-31");
  EXPECT_EQ(Int(*kept.Find("wage"), "min"), 250'000);
  EXPECT_THAT(List(kept, "changes"), SizeIs(0));
  EXPECT_EQ(Send("PUT", kFirst, {alice_}).status, 200);
  EXPECT_THAT(List(Json(Send("GET", "/v1/favourites", {alice_})), "favourites"), SizeIs(1));
  EXPECT_EQ(Send("DELETE", kFirst, {alice_}).status, 204);
  EXPECT_EQ(Send("DELETE", kFirst, {alice_}).status, 204);
  EXPECT_EQ(Send("GET", kFirst, {alice_}).status, 404);
}

TEST_F(FavouriteHandlerTest, RefusesWhatIsNoOpenPosting) {
  EXPECT_EQ(Send("PUT", "/v1/favourites/13010-99999999", {alice_}).status, 404);
  EXPECT_EQ(Send("PUT", "/v1/favourites/nonsense", {alice_}).status, 400);
  schema::FeedRecord ended = Record();
  ended.Set("kjyukoymd", "2026/11/21");
  Publish({ended});
  EXPECT_EQ(Send("PUT", kFirst, {alice_}).status, 410);
}

TEST_F(FavouriteHandlerTest, TellsTheLimitInJapanese) {
  Publish({Record(),
           PeopleRecord("13010-00000002", "介護職員"),
           PeopleRecord("13010-00000003", "調理師")});
  Send("PUT", kFirst, {alice_});
  Send("PUT", "/v1/favourites/13010-00000002", {alice_});
  const JsonValue problem = Json(Send("PUT", "/v1/favourites/13010-00000003", {alice_}), 409);
  EXPECT_THAT(Text(problem, "title"), testing::HasSubstr("2件まで"));
}

TEST_F(FavouriteHandlerTest, SaysWhatChangedSinceItWasKept) {
  Send("PUT", kFirst, {alice_});
  EXPECT_THAT(Changes({Record()}), ElementsAre());
  schema::FeedRecord raised = Record();
  raised.Set("sikg_aplusbjgn", "310000");
  raised.Set("kjyukoymd", "2027/02/28");
  EXPECT_THAT(Changes({raised}), ElementsAre("wage", "deadline"));
  const JsonValue& wage = List(last_, "changes")[0];
  EXPECT_EQ(Int(*wage.Find("was"), "max"), 300'000);
  EXPECT_EQ(Int(*wage.Find("now"), "max"), 310'000);
  EXPECT_EQ(Text(List(last_, "changes")[1], "was"), "2027-01-31");
  schema::FeedRecord reworded = Record();
  reworded.Set("shigoto_ny", "別の仕事の内容です");
  EXPECT_THAT(Changes({reworded}), ElementsAre("content"));
  // Another tag that no page shows is no change.
  schema::FeedRecord same = Record();
  same.Set("mitei_tag", "別の値");
  EXPECT_THAT(Changes({same}), ElementsAre());
}

TEST_F(FavouriteHandlerTest, GoneOnesStay) {
  Send("PUT", kFirst, {alice_});
  EXPECT_THAT(Changes({PeopleRecord("13010-00000002", "介護職員")}), ElementsAre("gone"));
  EXPECT_TRUE(*last_.Find("gone")->boolean());
  EXPECT_EQ(Text(last_, "title"), "看護師");
  EXPECT_EQ(Text(last_, "employer"), "株式会社　あおぞら介護");
  schema::FeedRecord ended = Record();
  ended.Set("kjyukoymd", "2026/11/21");
  EXPECT_THAT(Changes({ended}), ElementsAre("gone", "deadline"));
  EXPECT_EQ(Text(List(last_, "changes")[0], "on"), "2026-11-21");
  EXPECT_EQ(Send("PUT", kFirst, {alice_}).status, 200);
}

TEST_F(FavouriteHandlerTest, NotesADeadlineWithinThreeDays) {
  Send("PUT", kFirst, {alice_});
  const std::vector<std::pair<const char*, const char*>> notes = {
      {"2026/11/22", "紹介期限は本日です"},
      {"2026/11/23", "紹介期限まであと1日です"},
      {"2026/11/25", "紹介期限まであと3日です"},
      {"2026/11/26", ""}};
  for (const auto& [deadline, note] : notes) {
    schema::FeedRecord record = Record();
    record.Set("kjyukoymd", deadline);
    Changes({record});
    EXPECT_EQ(Text(last_, "note"), note) << deadline;
  }
}

class PersonHandlerTest : public FavouriteHandlerTest {};

TEST_F(PersonHandlerTest, ExportHasEverythingAndDeletionEndsTheToken) {
  Send("PUT", kFirst, {alice_});
  EXPECT_EQ(Send("POST",
                 "/v1/saved-queries",
                 {alice_, R"({"name":"x","notify":"daily","query":{"q":"看護師"}})"})
                .status,
            201);
  EXPECT_EQ(Send("PATCH", "/v1/me", {alice_, R"({"daily_hour":19})"}).status, 200);
  for (const char* body : {R"({"daily_hour":24})", R"({"daily_hour":-1})", R"({"hour":1})", "{}"}) {
    EXPECT_EQ(Send("PATCH", "/v1/me", {alice_, body}).status, 400) << body;
  }
  const JsonValue everything = Json(Send("GET", "/v1/me", {alice_}));
  EXPECT_EQ(Int(everything, "daily_hour"), 19);
  EXPECT_THAT(List(everything, "tokens"), SizeIs(1));
  EXPECT_THAT(List(everything, "saved_queries"), SizeIs(1));
  EXPECT_THAT(List(everything, "favourites"), SizeIs(1));
  EXPECT_NE(everything.Find("alerts"), nullptr);
  EXPECT_EQ(Send("DELETE", "/v1/me", {alice_}).status, 204);
  EXPECT_EQ(Send("GET", "/v1/me", {alice_}).status, 401);
  const std::string again = Token("alice");
  EXPECT_THAT(List(Json(Send("GET", "/v1/favourites", {again})), "favourites"), SizeIs(0));
}

TEST_F(PersonHandlerTest, AuditIsForAdministrators) {
  Send("DELETE", "/v1/me", {alice_});
  const std::string admin = Token("operator", store::Role::kAdmin);
  const auto response = Send("GET", "/v1/admin/audit", {admin});
  const JsonArray entries = List(Json(response), "audit");
  ASSERT_THAT(entries, SizeIs(3));
  EXPECT_EQ(Text(entries[1], "action"), "user_deleted");
  EXPECT_THAT(response.body, testing::Not(testing::HasSubstr("alice")));
  const std::string after = std::to_string(Int(entries[1], "id"));
  EXPECT_THAT(List(Json(Send("GET", "/v1/admin/audit?limit=5&after=" + after, {admin})), "audit"),
              SizeIs(1));
  EXPECT_EQ(Send("GET", "/v1/admin/audit?limit=1001", {admin}).status, 400);
  EXPECT_EQ(Send("GET", "/v1/admin/audit?since=1", {admin}).status, 400);
}

}  // namespace
}  // namespace kyujin::api
