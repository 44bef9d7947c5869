// People's own things with the real programs, on SQLite and on PostgreSQL: tokens from the command
// line, saved queries over a restart and a publish, and no secret in anything that is written.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "server/store/postgresql_connection.h"
#include "server/store/sqlite_connection.h"
#include "tests/integration/sample_index.h"
#include "tests/testing/http_client.h"
#include "tests/testing/postgresql_server.h"
#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSaved = "/v1/saved-queries";

class PeopleTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const Outcome built = Build(WriteInput(folder_ / "feed.xml", SamplePage(5)), index_);
    ASSERT_EQ(built.status, 0) << built.output;
    spec_ = "sqlite:" + (folder_ / "people.sqlite").string();
    if (GetParam() == "postgresql") {
      std::string failure;
      database_ = PostgresqlServer::Start(&failure);
      ASSERT_NE(database_, nullptr) << failure;
      spec_ = database_->Address("postgres");
    }
  }

  void StartServer() {
    std::string failure;
    server_ = ServerProcess::Start(
        ServerProgram(),
        index_,
        {"--today", std::string(kSampleToday), "--store", spec_, "--log-requests"},
        &failure);
    ASSERT_NE(server_, nullptr) << failure;
  }

  // Ends the server and returns all that it wrote.
  std::string StopServer() {
    server_->process().Signal(SIGTERM);
    EXPECT_EQ(server_->process().Wait(), 0);
    return server_->process().output();
  }

  Outcome TokenCommand(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {ServerProgram().string(), "token", "--store", spec_};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunProgram(command);
  }
  std::string NewToken(const std::string& user, const std::string& role = "user") const {
    const Outcome made = TokenCommand({"create", "--user", user, "--role", role});
    EXPECT_EQ(made.status, 0) << made.output;
    return made.output.substr(0, made.output.find('\n'));
  }

  HttpReply Send(std::string_view method,
                 const std::string& target,
                 const std::string& token,
                 std::string_view body = {}) const {
    HttpHeaders headers = {{"Authorization", "Bearer " + token}};
    if (!body.empty()) {
      headers["Content-Type"] = "application/json";
    }
    return HttpClient(server_->port()).Send(method, target, headers, body);
  }

  static std::string Text(const HttpReply& reply, std::string_view name) {
    const auto json = ParseJson(reply.body);
    const JsonValue* member = json.has_value() ? json->Find(name) : nullptr;
    return member != nullptr && member->string() != nullptr ? *member->string() : "";
  }
  static int64_t Int(const HttpReply& reply, std::string_view name) {
    const auto json = ParseJson(reply.body);
    const JsonValue* member = json.has_value() ? json->Find(name) : nullptr;
    return member != nullptr && member->integer() != nullptr ? *member->integer() : -1;
  }

  // Publishes a posting with `more` members and waits until it is served.
  void Apply(unsigned serial, std::string_view more = {}) {
    const std::string line =
        fmt::format(R"({{"op":"upsert","posting":{{"feed":{{"kjno":"{}","sksu":"調理補助",)"
                    R"("uktkymd_seireki":"2026/11/20","kjyukoymd":"2027/01/31"{}}}}}}})"
                    "\n",
                    SampleNumber(serial),
                    more);
    const Outcome applied = RunProgram({IndexerProgram().string(),
                                        "apply",
                                        "--changes",
                                        WriteInput(folder_ / "changes.jsonl", line).string(),
                                        "--index",
                                        index_.string()});
    ASSERT_EQ(applied.status, 0) << applied.output;
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    HttpClient client(server_->port());
    ++generation_;
    while (Int(client.Get("/readyz"), "generation") < generation_ &&
           std::chrono::steady_clock::now() < deadline) {
    }
  }

  int64_t generation_ = 1;
  TemporaryFolder folder_;
  const fs::path index_ = folder_.path() / "index";
  std::unique_ptr<PostgresqlServer> database_;
  std::string spec_;
  std::unique_ptr<ServerProcess> server_;
};

TEST_P(PeopleTest, SavedQueryOutlivesTheServerAndShowsWhatIsNew) {
  const std::string token = NewToken("alice");
  StartServer();
  const HttpReply made =
      Send("POST", kSaved, token, R"({"name":"調理","notify":"instant","query":{"q":"調理補助"}})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(Int(made, "total"), 5);
  const std::string one = kSaved + ("/" + Text(made, "id"));
  StopServer();
  StartServer();
  EXPECT_EQ(Int(Send("GET", one + "/results?unseen=1", token), "total"), 0);
  Apply(77);
  EXPECT_EQ(Int(Send("GET", one + "/results", token), "total"), 6);
  const HttpReply unseen = Send("GET", one + "/results?unseen=1", token);
  EXPECT_EQ(Int(unseen, "total"), 1);
  EXPECT_THAT(unseen.body, HasSubstr(SampleNumber(77)));
  EXPECT_EQ(Send("PUT", one + "/seen", token, R"({"generation":2})").status, 204);
  EXPECT_EQ(Int(Send("GET", one + "/results?unseen=1", token), "total"), 0);
  // A tag that no page shows is nothing to look at again.
  Apply(77, R"(,"tag_of_tomorrow":"1")");
  EXPECT_EQ(Int(Send("GET", one + "/results?unseen=1", token), "total"), 0);
  Apply(77, R"(,"tag_of_tomorrow":"1","jigyony":"給食")");
  EXPECT_EQ(Int(Send("GET", one + "/results?unseen=1", token), "total"), 1);
}

TEST_P(PeopleTest, AuditLogGoesBackAYear) {
  const std::string admin = NewToken("root", "admin");
  {
    const auto connection =
        GetParam() == "postgresql"
            ? store::OpenPostgresql(spec_)
            : store::OpenSqlite(folder_ / "people.sqlite", store::SqliteAccess::kWrite);
    ASSERT_TRUE(connection.has_value());
    ASSERT_TRUE((*connection)
                    ->RunScript("INSERT INTO audit (id, at, token, action, object) "
                                "VALUES (1000000, 1, 0, 'long_ago', 0)")
                    .has_value());
  }
  StartServer();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  HttpReply audit = Send("GET", "/v1/admin/audit", admin);
  EXPECT_THAT(audit.body, HasSubstr("token_created"));
  while (audit.body.find("long_ago") != std::string::npos &&
         std::chrono::steady_clock::now() < deadline) {
    audit = Send("GET", "/v1/admin/audit", admin);
  }
  EXPECT_THAT(audit.body, Not(HasSubstr("long_ago")));
  EXPECT_THAT(audit.body, HasSubstr("token_created"));
}

TEST_P(PeopleTest, RevocationHoldsAtOnce) {
  const std::string token = NewToken("alice");
  StartServer();
  EXPECT_EQ(Send("GET", kSaved, token).status, 200);
  const Outcome list = TokenCommand({"list"});
  EXPECT_THAT(list.output, HasSubstr("alice"));
  const std::string id = list.output.substr(list.output.find('\n') + 1);
  EXPECT_EQ(TokenCommand({"revoke", id.substr(0, id.find('\t'))}).status, 0);
  EXPECT_EQ(Send("GET", kSaved, token).status, 401);
}

TEST_P(PeopleTest, SecretsAreNowhere) {
  const std::string token = NewToken("canary-user");
  const std::string service = NewToken("canary-site", "service");
  EXPECT_THAT(TokenCommand({"list"}).output, Not(HasSubstr(token)));
  StartServer();
  std::string answers;
  const auto send =
      [&](std::string_view method, const std::string& target, const std::string& body) {
        const HttpReply reply = Send(method, target, token, body);
        answers += fmt::format("{} {}\n{}\n", method, target.size(), reply.body);
      };
  const std::string body = R"({"name":"canary-name","query":{"q":"canary-words"}})";
  send("POST", kSaved, body);
  send("POST", kSaved, R"({"name":")" + token + R"(","query":{"pref":[")" + token + "\"]}}");
  send("GET", kSaved + ("?token=" + token), "");
  send("GET", "/v1/jobs?access_token=" + token, "");
  send("GET", "/v1/jobs?pref=" + token, "");
  send("GET", "/v1/jobs/" + token, "");
  send("GET", "/v1/" + token, "");
  send("GET", kSaved + ("/" + token), "");
  send("PUT", "/v1/favourites/" + token, "");
  send("POST", kSaved, "{" + token);
  answers += Send("GET", "/v1/me", token + "x").body;
  answers += Send("GET", "/v1/me", service).body;
  answers += HttpClient(server_->port()).Get("/metrics").body;
  EXPECT_THAT(answers, Not(HasSubstr(token)));
  const std::string written = StopServer();
  EXPECT_THAT(written, HasSubstr("\"event\":\"request\""));
  for (const std::string& secret : {token, service}) {
    EXPECT_THAT(written, Not(HasSubstr(secret)));
    // Nor a part of it that would make the rest easy to guess.
    EXPECT_THAT(written, Not(HasSubstr(secret.substr(10, 20))));
  }
  EXPECT_THAT(written, Not(HasSubstr("canary-user")));
  EXPECT_THAT(written, Not(HasSubstr("canary-name")));
  EXPECT_THAT(written, Not(HasSubstr("canary-words")));
}

INSTANTIATE_TEST_SUITE_P(Stores,
                         PeopleTest,
                         ::testing::Values(std::string("sqlite"), std::string("postgresql")),
                         [](const auto& suite) { return suite.param; });

TEST(StoreOptionTest, StoreInsideTheIndexIsWrongUsage) {
  const TemporaryFolder folder;
  const std::string index = (folder / "index").string();
  const Outcome started = RunProgram(
      {ServerProgram().string(), "--index", index, "--store", "sqlite:" + index + "/store"});
  EXPECT_EQ(started.status, 2);
  EXPECT_THAT(started.output, HasSubstr("inside the index"));
}

TEST(StoreOptionTest, PasswordIsNotRepeatedWhenTheStoreCannotBeReached) {
  const TemporaryFolder folder;
  for (const std::string store :
       {"postgresql://user:canary@127.0.0.1:1/people", "postgresql://user:canary@[broken/people"}) {
    const Outcome started = RunProgram({ServerProgram().string(),
                                        "--index",
                                        (folder / "index").string(),
                                        "--store",
                                        store,
                                        "--listen",
                                        "127.0.0.1:0"});
    EXPECT_NE(started.status, 0);
    EXPECT_THAT(started.output, Not(HasSubstr("canary")));
  }
}

}  // namespace
}  // namespace kyujin::test
