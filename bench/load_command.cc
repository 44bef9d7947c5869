#include <cstdio>
#include <memory>
#include <string>

#include "bench/command.h"
#include "bench/load/load_runner.h"
#include "bench/query_lines.h"

namespace kyujin::bench {
namespace {

constexpr size_t kMaxConnections = 1'000;
constexpr uint64_t kMaxSeconds = 3'600;
constexpr uint64_t kMaxRate = 1'000'000;

struct LoadArguments {
  load::LoadOptions options;
  std::string queries;
};

int RunLoadCommand(LoadArguments arguments) {
  const auto queries = ReadQueryLines(arguments.queries);
  if (!queries.has_value()) {
    std::fprintf(stderr, "kyujin-bench: --queries: %s\n", queries.error().message.c_str());
    return kFailed;
  }
  for (const mix::QueryLine& query : *queries) {
    arguments.options.targets.push_back(query.target);
  }
  const auto report = load::RunLoad(arguments.options);
  if (!report.has_value()) {
    std::fprintf(stderr, "kyujin-bench: %s\n", report.error().message.c_str());
    return kFailed;
  }
  std::fputs(load::Describe(*report).c_str(), stdout);
  return report->failures == 0 ? kDone : kFailed;
}

}  // namespace

void AddLoadCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<LoadArguments>();
  load::LoadOptions& options = arguments->options;
  CLI::App* command = app->add_subcommand("load", "send requests to a server and report latencies");
  command->add_option("--url", options.url, "e.g. http://127.0.0.1:8080")->required();
  command->add_option("--queries", arguments->queries, "file of requests, one a line")->required();
  command->add_option("--connections", options.connections, "requests under way at once")
      ->check(CLI::Range(size_t{1}, kMaxConnections));
  command->add_option("--seconds", options.seconds, "how long; 0 sends every target once")
      ->check(CLI::Range(uint64_t{0}, kMaxSeconds));
  command
      ->add_option("--rate", options.rate, "requests a second; without it as many as are answered")
      ->check(CLI::Range(uint64_t{1}, kMaxRate));
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunLoadCommand(*arguments); }; });
}

}  // namespace kyujin::bench
