#include "server/app/server_config.h"

#include <gtest/gtest.h>

#include <vector>

namespace kyujin::app {
namespace {

std::variant<ServerConfig, ExitStatus> Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "kyujin-server");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

TEST(ServerConfigTest, Defaults) {
  const auto parsed = Parse({"--index", "/x"});
  const auto& config = std::get<ServerConfig>(parsed);
  EXPECT_EQ(config.index, "/x");
  EXPECT_EQ(config.listen, "127.0.0.1:8080");
  EXPECT_FALSE(config.today.has_value());
  EXPECT_EQ(config.worker_threads, 0U);
  EXPECT_FALSE(config.logs_requests);
  EXPECT_EQ(config.postings_cache_bytes, size_t{2} << 30);
  EXPECT_EQ(config.result_cache_bytes, size_t{64} << 20);
  EXPECT_TRUE(config.cache_file.empty());
}

TEST(ServerConfigTest, SizesOfMemory) {
  const auto parsed = Parse({"--index=/x", "--postings-cache=3G", "--result-cache=0"});
  const auto& config = std::get<ServerConfig>(parsed);
  EXPECT_EQ(config.postings_cache_bytes, size_t{3} << 30);
  EXPECT_EQ(config.result_cache_bytes, 0U);
  const auto file = Parse({"--index=/x", "--postings-cache=512m", "--cache-file=/y"});
  EXPECT_EQ(std::get<ServerConfig>(file).postings_cache_bytes, size_t{512} << 20);
  EXPECT_EQ(std::get<ServerConfig>(file).cache_file, "/y");
}

TEST(ServerConfigTest, EveryOption) {
  const auto parsed = Parse(
      {"--index=/x", "--listen=0.0.0.0:80", "--today=2026-04-30", "--workers=3", "--log-requests"});
  const auto& config = std::get<ServerConfig>(parsed);
  EXPECT_EQ(config.listen, "0.0.0.0:80");
  EXPECT_EQ(config.today->ToString(), "2026-04-30");
  EXPECT_EQ(config.worker_threads, 3U);
  EXPECT_TRUE(config.logs_requests);
}

TEST(ServerConfigTest, WrongUsageIsTwo) {
  EXPECT_EQ(std::get<ExitStatus>(Parse({})), 2);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--index", "/x", "--today", "tomorrow"})), 2);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--index", "/x", "--workers", "-1"})), 2);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--index", "/x", "--nonsense"})), 2);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--index", "/x", "--result-cache", "much"})), 2);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--index", "/x", "extra"})), 2);
}

TEST(ServerConfigTest, HelpIsNoFailure) {
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--help"})), 0);
  EXPECT_EQ(std::get<ExitStatus>(Parse({"--version"})), 0);
}

}  // namespace
}  // namespace kyujin::app
