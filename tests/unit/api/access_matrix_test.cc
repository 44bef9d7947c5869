// Who may do what: every route of the server × every role × own, other and unknown objects
// (API.md 7). A route that is not in the table fails the test.
#include <gmock/gmock.h>

#include <map>

#include "server/app/app.h"
#include "server/store/open_store.h"
#include "server/store/token_text.h"
#include "tests/testing/http_client.h"
#include "tests/testing/temporary_folder.h"
#include "tests/unit/api/small_index.h"

namespace kyujin::api {
namespace {

using test::HttpHeaders;

enum class Area {
  kOpen,    // no token needed
  kUser,    // of the user of the token
  kObject,  // one saved query of that user
  kAdmin
};

struct RouteRow {
  Area area = Area::kOpen;
  std::string body = {};  // a body that is accepted
};

constexpr const char* kNumber = "13010-12345678";

const std::map<std::string, RouteRow>& Rows() {
  static const std::map<std::string, RouteRow> rows = {
      {"GET /v1/jobs", {Area::kOpen}},
      {"POST /v1/jobs/search", {Area::kOpen, "{}"}},
      {"GET /v1/jobs/{number}", {Area::kOpen}},
      {"GET /v1/suggest", {Area::kOpen}},
      {"GET /v1/changes", {Area::kOpen}},
      {"GET /v1/codes", {Area::kOpen}},
      {"GET /v1/codes/{table}", {Area::kOpen}},
      {"GET /healthz", {Area::kOpen}},
      {"GET /readyz", {Area::kOpen}},
      {"GET /metrics", {Area::kOpen}},
      {"GET /v1/saved-queries", {Area::kUser}},
      {"POST /v1/saved-queries", {Area::kUser, R"({"name":"a","query":{"q":"介護"}})"}},
      {"GET /v1/saved-queries/{id}", {Area::kObject}},
      {"PATCH /v1/saved-queries/{id}", {Area::kObject, R"({"name":"b"})"}},
      {"DELETE /v1/saved-queries/{id}", {Area::kObject}},
      {"GET /v1/saved-queries/{id}/results", {Area::kObject}},
      {"PUT /v1/saved-queries/{id}/seen", {Area::kObject, R"({"generation":1})"}},
      {"GET /v1/favourites", {Area::kUser}},
      {"GET /v1/favourites/{number}", {Area::kUser}},
      {"PUT /v1/favourites/{number}", {Area::kUser}},
      {"DELETE /v1/favourites/{number}", {Area::kUser}},
      {"GET /v1/alerts", {Area::kUser}},
      {"GET /v1/alerts/stream", {Area::kUser}},
      {"GET /v1/me", {Area::kUser}},
      {"PATCH /v1/me", {Area::kUser, R"({"daily_hour":7})"}},
      {"DELETE /v1/me", {Area::kUser}},
      {"GET /v1/admin/audit", {Area::kAdmin}},
  };
  return rows;
}

// A server of the whole program over one posting. Alice and Bob have a saved query each.
class AccessMatrixTest : public testing::Test {
 protected:
  AccessMatrixTest() : spec_("sqlite:" + (folder_ / "store.sqlite").string()) {
    index_.Publish({Derive(FullRecord())});
    auto opened = store::OpenStore(spec_, clock_);
    KYUJIN_CHECK(opened.has_value());
    store_ = std::move(*opened);
    app::ServerConfig config;
    config.index = index_.directory();
    config.listen = "127.0.0.1:0";
    config.today = Day("2026-11-22");
    config.worker_threads = 1;
    config.store = spec_;
    auto app = app::App::Create(config);
    KYUJIN_CHECK(app.has_value());
    app_ = std::move(*app);
    app_->Start();
    const std::string address = app_->address();
    port_ = static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
  }

  std::string Token(std::string_view user, store::Role role) {
    const auto text = store::NewTokenText();
    KYUJIN_CHECK(text.has_value());
    const auto id = store_->AddToken(store::DigestOf(*text), user, role);
    KYUJIN_CHECK(id.has_value());
    last_token_ = *id;
    return *text;
  }

  std::string Save(const std::string& user) {
    store::NewSavedQuery query;
    query.name = "a";
    query.canonical = "interpret=off&partial=never&pref=13";
    query.max_per_user = 100'000;
    std::string id;
    const auto made = store_->CreateSavedQuery(
        {user, 0}, query, std::nullopt, [&](const store::SavedQuery& saved) {
          id = std::to_string(saved.id);
          return std::string();
        });
    KYUJIN_CHECK(made.has_value());
    return id;
  }

  // The status of a call; of a stream only its head is read.
  int Status(const std::string& route, const std::string& id, HttpHeaders headers) {
    const size_t space = route.find(' ');
    std::string target = route.substr(space + 1);
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"{id}", id}, {"{number}", kNumber}, {"{table}", "pref"}}) {
      if (const size_t at = target.find(name); at != std::string::npos) {
        target.replace(at, name.size(), value);
      }
    }
    if (target == "/v1/suggest") {
      target += "?q=a";
    }
    const std::string& body = Rows().at(route).body;
    if (!body.empty()) {
      headers["Content-Type"] = "application/json";
    }
    test::HttpClient client(port_);
    return client.Send(route.substr(0, space), target, headers, body).status;
  }

  static HttpHeaders Bearer(const std::string& token, const std::string& user = "") {
    HttpHeaders headers = {{"Authorization", "Bearer " + token}};
    if (!user.empty()) {
      headers["Kyujin-User"] = user;
    }
    return headers;
  }

  SystemClock clock_;
  SmallIndex index_;
  test::TemporaryFolder folder_;
  std::string spec_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<app::App> app_;
  uint16_t port_ = 0;
  int64_t last_token_ = 0;
};

bool IsDone(int status) {
  return status >= 200 && status < 300;
}

TEST_F(AccessMatrixTest, EveryRouteIsInTheTable) {
  for (const auto& [method, pattern] : app_->routes()) {
    EXPECT_TRUE(Rows().contains(method + " " + pattern)) << method << " " << pattern;
  }
}

TEST_F(AccessMatrixTest, EveryRouteForEveryRoleAndObject) {
  const std::string unknown = "999999999";
  const std::string bob = Token("bob", store::Role::kUser);
  const std::string service = Token("site", store::Role::kService);
  const std::string admin = Token("operator", store::Role::kAdmin);
  const std::string revoked = Token("alice", store::Role::kUser);
  KYUJIN_CHECK(store_->RevokeToken(last_token_).has_value());
  const std::string never = *store::NewTokenText();
  const std::string of_bob = Save("bob");
  for (const auto& [method, pattern] : app_->routes()) {
    const std::string route = method + " " + pattern;
    SCOPED_TRACE(route);
    ASSERT_TRUE(Rows().contains(route));
    const Area area = Rows().at(route).area;
    if (pattern == "/v1/alerts/stream") {
      // Answers without an end: only its refusals are looked at.
      EXPECT_EQ(Status(route, "", {}), 401);
      EXPECT_EQ(Status(route, "", Bearer(never)), 401);
      EXPECT_EQ(Status(route, "", Bearer(admin)), 403);
      EXPECT_EQ(Status(route, "", Bearer(service)), 400);
      continue;
    }
    if (area == Area::kOpen) {
      EXPECT_TRUE(IsDone(Status(route, "", {})));
      continue;
    }
    // Deleting a user ends their tokens, so each route has its own.
    const std::string alice = Token("alice", store::Role::kUser);
    const std::string own = Save("alice");
    if (method != "PUT" || pattern != "/v1/favourites/{number}") {
      Status("PUT /v1/favourites/{number}", "", Bearer(alice));
    }
    EXPECT_EQ(Status(route, own, {}), 401);
    EXPECT_EQ(Status(route, own, Bearer(never)), 401);
    EXPECT_EQ(Status(route, own, Bearer(revoked)), 401);
    EXPECT_EQ(Status(route, own, Bearer("nonsense")), 401);
    EXPECT_EQ(Status(route, own, {{"Authorization", "Basic YTpi"}}), 401);
    EXPECT_EQ(Status(route, own, {{"Authorization", alice}}), 401);
    if (area == Area::kAdmin) {
      EXPECT_EQ(Status(route, "", Bearer(alice)), 403);
      EXPECT_EQ(Status(route, "", Bearer(service)), 403);
      EXPECT_EQ(Status(route, "", Bearer(service, "alice")), 403);
      EXPECT_TRUE(IsDone(Status(route, "", Bearer(admin))));
      continue;
    }
    EXPECT_EQ(Status(route, own, Bearer(admin)), 403);
    EXPECT_EQ(Status(route, own, Bearer(admin, "alice")), 403);
    EXPECT_EQ(Status(route, own, Bearer(alice, "bob")), 403);
    EXPECT_EQ(Status(route, own, Bearer(service)), 400);
    EXPECT_EQ(Status(route, own, Bearer(service, "no id")), 400);
    if (area == Area::kObject) {
      EXPECT_EQ(Status(route, of_bob, Bearer(alice)), 404);
      EXPECT_EQ(Status(route, of_bob, Bearer(service, "alice")), 404);
      EXPECT_EQ(Status(route, own, Bearer(bob)), 404);
      EXPECT_EQ(Status(route, unknown, Bearer(alice)), 404);
      EXPECT_EQ(Status(route, unknown, Bearer(service, "alice")), 404);
    }
    // A service acts for the user as the user would, here for one of its own.
    const std::string for_carol = Save("carol");
    Status("PUT /v1/favourites/{number}", "", Bearer(service, "carol"));
    EXPECT_TRUE(IsDone(Status(route, for_carol, Bearer(service, "carol"))));
    EXPECT_TRUE(IsDone(Status(route, own, Bearer(alice, "alice"))));
    if (method == "GET") {
      EXPECT_TRUE(IsDone(Status(route, own, Bearer(alice))));
    }
  }
  // Nothing of all this touched Bob's.
  EXPECT_TRUE(IsDone(Status("GET /v1/saved-queries/{id}", of_bob, Bearer(bob))));
}

}  // namespace
}  // namespace kyujin::api
