// New generations under a running server: taken up without a failed request, and never when
// damaged.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
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

constexpr unsigned kFirstPostings = 20;
constexpr std::string_view kSearch = "/v1/jobs?q=%E8%AA%BF%E7%90%86&facets=all&limit=5&sort=new";

int64_t Number(const HttpReply& reply, std::string_view name) {
  const auto answer = ParseJson(reply.body);
  const JsonValue* value = answer.has_value() ? answer->Find(name) : nullptr;
  return value == nullptr || value->integer() == nullptr ? -1 : *value->integer();
}

class GenerationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    BuildPostings(kFirstPostings, index_);
    std::string failure;
    server_ = ServerProcess::Start(
        ServerProgram(), index_, {"--today", std::string(kSampleToday)}, &failure);
    ASSERT_NE(server_, nullptr) << failure;
  }

  void BuildPostings(unsigned count, const fs::path& index) const {
    const fs::path feed = WriteInput(folder_ / fmt::format("{}.xml", count), SamplePage(count));
    const Outcome built = Build(feed, index);
    ASSERT_EQ(built.status, 0) << built.output;
  }

  // Asks until the server answers from `generation`.
  [[nodiscard]] bool WaitForGeneration(int64_t generation) const {
    HttpClient client(server_->port());
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline) {
      if (Number(client.Get("/readyz"), "generation") == generation) {
        return true;
      }
    }
    return false;
  }

  TemporaryFolder folder_;
  const fs::path index_ = folder_.path() / "index";
  std::unique_ptr<ServerProcess> server_;
};

// What one client saw. Each generation has its own total, so a mixed answer shows.
struct Seen {
  size_t answers = 0;
  size_t failures = 0;
  size_t mixed = 0;
  bool went_back = false;
  int64_t generation = 0;
};

void SearchUntil(uint16_t port, const std::atomic<bool>& stop, Seen* seen) {
  HttpClient client(port);
  while (!stop) {
    const HttpReply reply = client.Get(kSearch);
    const int64_t generation = Number(reply, "generation");
    const int64_t expected = kFirstPostings + (generation - 1) * 10;
    ++seen->answers;
    seen->failures += reply.status == 200 ? 0 : 1;
    seen->mixed += Number(reply, "total") == expected ? 0 : 1;
    seen->went_back = seen->went_back || generation < seen->generation;
    seen->generation = generation;
  }
}

TEST_F(GenerationTest, TakesUpGenerationsWithoutAFailedRequest) {
  constexpr size_t kClients = 4;
  constexpr int64_t kLastGeneration = 4;
  std::atomic<bool> stop = false;
  std::vector<Seen> seen(kClients);
  std::vector<std::thread> clients;
  clients.reserve(kClients);
  for (Seen& client : seen) {
    clients.emplace_back(SearchUntil, server_->port(), std::cref(stop), &client);
  }
  bool is_taken_up = true;
  for (int64_t generation = 2; generation <= kLastGeneration && is_taken_up; ++generation) {
    BuildPostings(kFirstPostings + static_cast<unsigned>(generation - 1) * 10, index_);
    is_taken_up = WaitForGeneration(generation);
  }
  EXPECT_TRUE(is_taken_up) << server_->process().output();
  stop = true;
  for (std::thread& client : clients) {
    client.join();
  }
  for (const Seen& client : seen) {
    EXPECT_GT(client.answers, 0U);
    EXPECT_EQ(client.failures, 0U);
    EXPECT_EQ(client.mixed, 0U);
    EXPECT_FALSE(client.went_back);
  }
  EXPECT_EQ(Number(HttpClient(server_->port()).Get(kSearch), "generation"), kLastGeneration);
}

TEST_F(GenerationTest, ContinuesACursorOnALaterGeneration) {
  HttpClient client(server_->port());
  const HttpReply first = client.Get(kSearch);
  const auto answer = ParseJson(first.body);
  ASSERT_TRUE(answer.has_value());
  const JsonValue* cursor = answer->Find("next_cursor");
  ASSERT_NE(cursor, nullptr);
  BuildPostings(kFirstPostings + 10, index_);
  ASSERT_TRUE(WaitForGeneration(2));
  const HttpReply next =
      client.Get(std::string(kSearch) + "&cursor=" + UrlEncode(*cursor->string()));
  EXPECT_EQ(next.status, 200) << next.body;
  EXPECT_THAT(next.body, HasSubstr("\"generation_changed\":true"));
  EXPECT_THAT(next.body, HasSubstr(SampleNumber(6)));
}

// Publishes generation 2 of a copy of the index as it would be if its file `name` were cut short.
void PublishDamaged(const fs::path& copy, const fs::path& index, std::string_view name) {
  const fs::path segment = copy / "seg-00000002";
  fs::resize_file(segment / name, fs::file_size(segment / name) / 2);
  fs::copy(segment, index / "seg-00000002", fs::copy_options::recursive);
  fs::copy_file(copy / "manifest-00000002.json", index / "manifest-00000002.json");
  fs::copy_file(copy / "CURRENT", index / "CURRENT.copied");
  fs::rename(index / "CURRENT.copied", index / "CURRENT");
}

TEST_F(GenerationTest, KeepsServingWhenTheNextGenerationIsDamaged) {
  const fs::path copy = folder_.path() / "copy";
  fs::copy(index_, copy, fs::copy_options::recursive);
  BuildPostings(30, copy);
  PublishDamaged(copy, index_, "columns.bin");
  EXPECT_TRUE(server_->process().WaitForOutput("generation_refused"));
  EXPECT_TRUE(server_->process().WaitForOutput("columns.bin"));
  HttpClient client(server_->port());
  const HttpReply reply = client.Get(kSearch);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Number(reply, "generation"), 1);
  EXPECT_EQ(Number(reply, "total"), kFirstPostings);
  EXPECT_EQ(Number(client.Get("/readyz"), "generation"), 1);
  // A sound generation after it is taken up.
  BuildPostings(40, index_);
  EXPECT_TRUE(WaitForGeneration(3));
  EXPECT_EQ(Number(client.Get(kSearch), "total"), 40);
}

TEST_F(GenerationTest, LooksAgainOnSighup) {
  BuildPostings(kFirstPostings + 10, index_);
  server_->process().Signal(SIGHUP);
  EXPECT_TRUE(WaitForGeneration(2));
  server_->process().Signal(SIGTERM);
  EXPECT_EQ(server_->process().Wait(), 0);
}

}  // namespace
}  // namespace kyujin::test
