// How the real kyujin-server starts and ends.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/integration/sample_index.h"
#include "tests/testing/child_process.h"
#include "tests/testing/http_client.h"
#include "tests/testing/loopback.h"
#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A socket that listens on a port of its own.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = LoopbackAddress(0);
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    const bool is_taken = ::bind(socket_, plain, size) == 0 && ::listen(socket_, 1) == 0 &&
                          ::getsockname(socket_, plain, &size) == 0;
    port_ = is_taken ? ntohs(address.sin_port) : 0;
  }
  ~TakenPort() { ::close(socket_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  TakenPort(TakenPort&&) = delete;
  TakenPort& operator=(TakenPort&&) = delete;

  [[nodiscard]] uint16_t port() const { return port_; }

 private:
  int socket_;
  uint16_t port_ = 0;
};

TEST(ServerStartTest, RefusesAPortInUse) {
  const TemporaryFolder folder;
  const fs::path index = folder.path() / "index";
  ASSERT_EQ(Build(WriteInput(folder / "feed.xml", SamplePage(3)), index).status, 0);
  const TakenPort taken;
  ASSERT_NE(taken.port(), 0);
  const std::string address = fmt::format("127.0.0.1:{}", taken.port());
  const Outcome outcome =
      RunProgram({ServerProgram().string(), "--index", index.string(), "--listen", address});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr(address));
  EXPECT_THAT(outcome.output, HasSubstr("Address already in use"));
}

TEST(ServerStartTest, RefusesAMissingIndex) {
  const TemporaryFolder folder;
  const fs::path index = folder.path() / "index";
  const Outcome outcome =
      RunProgram({ServerProgram().string(), "--index", index.string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("no index in " + index.string()));
  EXPECT_THAT(outcome.output, HasSubstr("kyujin-index build"));
}

TEST(ServerStartTest, RefusesWrongUsage) {
  const std::string program = ServerProgram().string();
  const std::vector<std::vector<std::string>> commands{
      {program},
      {program, "--index"},
      {program, "--index", "x", "--today", "tomorrow"},
      {program, "--index", "x", "--workers", "many"},
      {program, "--index", "x", "--port", "80"}};
  for (const auto& command : commands) {
    const Outcome outcome = RunProgram(command);
    EXPECT_EQ(outcome.status, 2) << outcome.output;
    EXPECT_FALSE(outcome.output.empty());
  }
}

TEST(ServerStartTest, EndsWithZeroOnSigterm) {
  const TemporaryFolder folder;
  const fs::path index = folder.path() / "index";
  ASSERT_EQ(Build(WriteInput(folder / "feed.xml", SamplePage(3)), index).status, 0);
  for (const int signal : {SIGTERM, SIGINT}) {
    const auto server = ServerProcess::Start(ServerProgram(), index);
    ASSERT_NE(server, nullptr);
    HttpClient client(server->port());
    ASSERT_EQ(client.Get("/healthz").status, 200);
    server->process().Signal(signal);
    EXPECT_EQ(server->process().Wait(), 0) << server->process().output();
    EXPECT_EQ(HttpClient(server->port()).Get("/healthz").status, 0);
  }
}

TEST(ServerStartTest, RefusesADamagedIndex) {
  for (const std::string_view name : {"columns.bin", "cards.bin", "hits.bin"}) {
    SCOPED_TRACE(name);
    const TemporaryFolder folder;
    const fs::path index = folder.path() / "index";
    ASSERT_EQ(Build(WriteInput(folder / "feed.xml", SamplePage(30)), index).status, 0);
    const fs::path file = index / "seg-00000001" / name;
    fs::resize_file(file, fs::file_size(file) - 1);
    const Outcome outcome = RunProgram(
        {ServerProgram().string(), "--index", index.string(), "--listen", "127.0.0.1:0"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.output, HasSubstr(file.string()));
  }
}

TEST(ServerStartTest, ServesTheGenerationBeforeADamagedOne) {
  const TemporaryFolder folder;
  const fs::path index = folder.path() / "index";
  ASSERT_EQ(Build(WriteInput(folder / "old.xml", SamplePage(20)), index).status, 0);
  ASSERT_EQ(Build(WriteInput(folder / "new.xml", SamplePage(30)), index).status, 0);
  const fs::path file = index / "seg-00000002" / "columns.bin";
  fs::resize_file(file, fs::file_size(file) - 1);
  const auto server =
      ServerProcess::Start(ServerProgram(), index, {"--today", std::string(kSampleToday)});
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(HttpClient(server->port()).Get("/v1/jobs?limit=0").body, HasSubstr("\"total\":20,"));
  EXPECT_TRUE(server->process().WaitForOutput("generation_degraded"));
}

}  // namespace
}  // namespace kyujin::test
