// sync, apply and merge as commands, and what a running server and the change feed make of them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "tests/integration/sample_index.h"
#include "tests/testing/child_process.h"
#include "tests/testing/http_client.h"
#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr unsigned kPostings = 20;

std::string Upsert(unsigned serial, std::string_view title) {
  return fmt::format(
      R"({{"op":"upsert","posting":{{"feed":{{"kjno":"{}","sksu":"{}","uktkymd_seireki":"2026/11/20",)"
      R"("kjyukoymd":"2027/01/31"}}}}}})"
      "\n",
      SampleNumber(serial),
      title);
}

std::string Delete(unsigned serial) {
  return fmt::format(R"({{"op":"delete","number":"{}"}})"
                     "\n",
                     SampleNumber(serial));
}

class UpdateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome built = Build(WriteInput(folder_ / "old.xml", SamplePage(kPostings)), index_);
    ASSERT_EQ(built.status, 0) << built.output;
  }

  [[nodiscard]] Outcome Run(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{IndexerProgram().string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.insert(command.end(), {"--index", index_.string()});
    return RunProgram(command);
  }
  [[nodiscard]] Outcome Sync(std::string_view page,
                             const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"sync",
                                       "--as-of",
                                       fmt::format("{}T05:10:00+09:00", kSampleToday),
                                       "--input",
                                       WriteInput(folder_ / "sync.xml", page).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }
  [[nodiscard]] Outcome Apply(std::string_view lines) const {
    return Run({"apply", "--changes", WriteInput(folder_ / "changes.jsonl", lines).string()});
  }

  void StartServer() {
    std::string failure;
    server_ = ServerProcess::Start(
        ServerProgram(), index_, {"--today", std::string(kSampleToday)}, &failure);
    ASSERT_NE(server_, nullptr) << failure;
  }
  // Asks until the server answers from `generation`.
  void WaitForGeneration(int64_t generation) const {
    HttpClient client(server_->port());
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    int64_t answered = 0;
    while (answered != generation && std::chrono::steady_clock::now() < deadline) {
      const auto json = ParseJson(client.Get("/readyz").body);
      answered = json.has_value() ? *json->Find("generation")->integer() : 0;
    }
    ASSERT_EQ(answered, generation);
  }
  // Fails the test when the answer has another status.
  // NOLINTNEXTLINE(modernize-use-nodiscard): what is checked may be all that is wanted
  JsonValue Get(const std::string& target, int status = 200) const {
    const HttpReply reply = HttpClient(server_->port()).Get(target);
    EXPECT_EQ(reply.status, status) << target << ": " << reply.body;
    const auto json = ParseJson(reply.body);
    return json.has_value() ? *json : JsonValue();
  }
  [[nodiscard]] int64_t Total(const std::string& query) const {
    return *Get("/v1/jobs?limit=0&" + query).Find("total")->integer();
  }

  TemporaryFolder folder_;
  const fs::path index_ = folder_.path() / "index";
  std::unique_ptr<ServerProcess> server_;
};

TEST_F(UpdateTest, SyncIndexesWhatChangedAndDropsWhatIsGone) {
  std::string records;
  for (unsigned serial = 3; serial <= kPostings + 1; ++serial) {
    records += SampleRecord(serial, serial == 5 ? "看護師" : "調理補助");
  }
  const Outcome synced = Sync(SamplePage(records));
  ASSERT_EQ(synced.status, 0) << synced.output;
  EXPECT_THAT(synced.output, HasSubstr("added: 1\nupdated: 1\nremoved: 2\n"));
  EXPECT_THAT(synced.output, HasSubstr("generation 2"));
  StartServer();
  EXPECT_EQ(Total(""), kPostings - 1);
  EXPECT_EQ(Total("q=%E7%9C%8B%E8%AD%B7%E5%B8%AB"), 1);
  Get("/v1/jobs/" + SampleNumber(5));
  Get("/v1/jobs/" + SampleNumber(kPostings + 1));
  Get("/v1/jobs/" + SampleNumber(1), 410);
  Get("/v1/jobs/" + SampleNumber(99), 404);
}

TEST_F(UpdateTest, AFeedThatIsTooSmallPublishesNothing) {
  const auto before = IndexFiles(index_);
  for (const std::string& page : {SamplePage(15), SamplePage(""), std::string("<root>")}) {
    const Outcome synced = Sync(page);
    EXPECT_EQ(synced.status, 1);
    EXPECT_THAT(synced.output, HasSubstr("nothing is published"));
    EXPECT_EQ(IndexFiles(index_), before);
  }
  EXPECT_THAT(Sync(SamplePage(15)).output, HasSubstr("5 of 20"));
  EXPECT_EQ(Sync(SamplePage(16)).status, 0) << "20 % may go";
  EXPECT_EQ(Sync(SamplePage(2), {"--max-removals", "100"}).status, 0);
  EXPECT_EQ(CountServed(index_), 2);
}

TEST_F(UpdateTest, ApplyIsIdempotentAndTheLastLineWins) {
  const std::string lines = Upsert(1, "看護師") + Delete(2) + Upsert(30, "看護師") + Delete(30) +
                            Delete(3) + Upsert(3, "看護師") + Upsert(31, "事務") + "rubbish\n";
  const Outcome first = Apply(lines);
  ASSERT_EQ(first.status, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("rejected: 1\n"));
  EXPECT_THAT(first.output, HasSubstr("added: 1\nupdated: 2\nremoved: 1\n"));
  const auto files = IndexFiles(index_);
  const Outcome second = Apply(lines);
  ASSERT_EQ(second.status, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("generation 2"));
  EXPECT_EQ(IndexFiles(index_), files);
  EXPECT_THAT(ReadBytes(index_ / "rejects.jsonl"), HasSubstr("\"line\":8"));
  EXPECT_EQ(CountServed(index_), kPostings);
}

TEST_F(UpdateTest, ApplyReadsStandardInput) {
  const fs::path changes = WriteInput(folder_ / "changes.jsonl", Delete(1));
  const Outcome applied = RunProgram({"/bin/sh",
                                      "-c",
                                      fmt::format("cat '{}' | '{}' apply --changes - --index '{}'",
                                                  changes.string(),
                                                  IndexerProgram().string(),
                                                  index_.string())});
  EXPECT_EQ(applied.status, 0) << applied.output;
  EXPECT_EQ(CountServed(index_), kPostings - 1);
}

TEST_F(UpdateTest, WithoutAnIndexApplyAndMergeSayHowToMakeOne) {
  const std::string none = (folder_ / "none").string();
  const std::string changes = WriteInput(folder_ / "changes.jsonl", Delete(1)).string();
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"apply", "--changes", changes}, {"merge"}}) {
    std::vector<std::string> line{IndexerProgram().string()};
    line.insert(line.end(), command.begin(), command.end());
    line.insert(line.end(), {"--index", none});
    const Outcome outcome = RunProgram(line);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.output, HasSubstr("kyujin-index build"));
  }
}

TEST_F(UpdateTest, ManyChangesAreFoldedByThemselvesAndMergeLeavesOneSegment) {
  for (unsigned i = 0; i < 12; ++i) {
    const Outcome applied = Apply(Upsert(100 + i, "事務") + Upsert(1, fmt::format("第{}号", i)));
    ASSERT_EQ(applied.status, 0) << applied.output;
  }
  const auto segments = [this] {
    size_t count = 0;
    const auto manifest = ParseJson(ReadBytes(
        index_ / ReadBytes(index_ / "CURRENT").substr(0, sizeof("manifest-00000001.json") - 1)));
    count = manifest->Find("segments")->array()->size();
    return count;
  };
  EXPECT_LE(segments(), 8U);
  EXPECT_GT(segments(), 1U);
  EXPECT_EQ(CountServed(index_), kPostings + 12);
  const Outcome merged = Run({"merge"});
  ASSERT_EQ(merged.status, 0) << merged.output;
  EXPECT_EQ(segments(), 1U);
  EXPECT_EQ(CountServed(index_), kPostings + 12);
  const auto files = IndexFiles(index_);
  EXPECT_EQ(Run({"merge"}).status, 0);
  EXPECT_EQ(IndexFiles(index_), files) << "nothing left to merge";
}

TEST_F(UpdateTest, TheChangeFeedTellsARunningServersClientsEverythingOnce) {
  StartServer();
  const JsonValue start = Get("/v1/changes");
  EXPECT_TRUE(start.Find("changes")->array()->empty());
  const std::string token = *start.Find("next")->string();
  ASSERT_EQ(Apply(Upsert(1, "看護師") + Delete(2) + Upsert(40, "事務")).status, 0);
  const std::string page = SamplePage(SampleRecord(41));
  ASSERT_EQ(Sync(page, {"--max-removals", "100"}).status, 0);
  WaitForGeneration(3);
  std::map<std::string, std::string> last;
  size_t read = 0;
  std::string next = token;
  for (bool has_more = true; has_more;) {
    const JsonValue answer = Get("/v1/changes?limit=7&since=" + next);
    for (const JsonValue& change : *answer.Find("changes")->array()) {
      last[*change.Find("number")->string()] = *change.Find("op")->string();
      EXPECT_EQ(change.Find("version")->string()->size(), 16U);
      ++read;
    }
    has_more = *answer.Find("more")->boolean();
    next = *answer.Find("next")->string();
    ASSERT_LE(read, 100U);
  }
  // Generation 2: one of each; generation 3: what was left of it gone, one new.
  EXPECT_EQ(read, 3 + kPostings + 1);
  EXPECT_EQ(last.size(), kPostings + 2);
  EXPECT_EQ(last[SampleNumber(41)], "added");
  EXPECT_EQ(last[SampleNumber(40)], "removed");
  EXPECT_TRUE(Get("/v1/changes?since=" + next).Find("changes")->array()->empty());
}

TEST_F(UpdateTest, TokensThatCannotBeGoneOnFromAreToldTheWayOut) {
  StartServer();
  const std::string token = *Get("/v1/changes").Find("next")->string();
  Get("/v1/changes?since=rubbish", 400);
  Get("/v1/changes?since=" + token + "&since=" + token, 400);
  Get("/v1/changes?since=" + token + "&limit=0", 400);
  Get("/v1/changes?since=" + token + "&limit=10001", 400);
  Get("/v1/changes?since=" + token + "&from=1", 400);
  EXPECT_TRUE(Get("/v1/changes?limit=&since=").Find("changes")->array()->empty());
  server_.reset();
  fs::remove_all(index_);
  ASSERT_EQ(Build(folder_ / "old.xml", index_).status, 0);
  StartServer();
  const JsonValue gone = Get("/v1/changes?since=" + token, 410);
  EXPECT_THAT(*gone.Find("detail")->string(), HasSubstr("start afresh"));
}

TEST_F(UpdateTest, ADumpHoldsThePostingsAsTheServerGivesThem) {
  // The same day for both: it decides the condition `new`.
  const Outcome built = Run({"build",
                             "--as-of",
                             fmt::format("{}T05:10:00+09:00", kSampleToday),
                             "--input",
                             (folder_ / "old.xml").string()});
  ASSERT_EQ(built.status, 0) << built.output;
  const Outcome dumped = Run({"dump"});
  ASSERT_EQ(dumped.status, 0) << dumped.output;
  StartServer();
  unsigned lines = 0;
  for (size_t from = 0; from < dumped.output.size(); ++lines) {
    const size_t to = dumped.output.find('\n', from);
    ASSERT_NE(to, std::string::npos);
    const std::string line = dumped.output.substr(from, to - from);
    const std::string number(*ParseJson(line)->Find("number")->string());
    ASSERT_EQ(HttpClient(server_->port()).Get("/v1/jobs/" + number).body, line);
    from = to + 1;
  }
  EXPECT_EQ(lines, kPostings);
}

TEST_F(UpdateTest, ABuildIntoAnIndexTellsTheDifference) {
  StartServer();
  const std::string token = *Get("/v1/changes").Find("next")->string();
  const Outcome built = Build(
      WriteInput(folder_ / "new.xml", SamplePage(SampleRecord(1) + SampleRecord(50))), index_);
  ASSERT_EQ(built.status, 0) << built.output;
  EXPECT_THAT(built.output, HasSubstr("added: 1\nupdated: 0\nremoved: 19\n"));
  WaitForGeneration(2);
  EXPECT_EQ(Get("/v1/changes?since=" + token).Find("changes")->array()->size(), kPostings);
}

}  // namespace
}  // namespace kyujin::test
