#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/command.h"
#include "bench/load/load_runner.h"
#include "bench/load/query_mix.h"
#include "engine/base/file.h"

namespace kyujin::bench {
namespace {

constexpr size_t kMaxConnections = 1'000;
constexpr uint64_t kMaxSeconds = 3'600;
constexpr uint64_t kMaxQueries = 10'000'000;

struct QueriesArguments {
  std::string kind = "mixed";
  uint64_t count = 0;
  uint64_t seed = 1;
};

struct LoadArguments {
  load::LoadOptions options;
  std::string queries;
};

int RunQueries(const QueriesArguments& arguments) {
  static const std::map<std::string, load::QueryKind> kKinds{{"filters", load::QueryKind::kFilters},
                                                             {"words", load::QueryKind::kWords},
                                                             {"mixed", load::QueryKind::kMixed}};
  for (const std::string& target :
       load::MakeQueries(kKinds.at(arguments.kind), arguments.count, arguments.seed)) {
    std::puts(target.c_str());
  }
  return kDone;
}

// The lines of a query file; empty ones do not count.
std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      lines.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return lines;
}

int RunLoadCommand(LoadArguments arguments) {
  const auto text = ReadFile(arguments.queries, uint64_t{1} << 32);
  if (!text.has_value()) {
    std::fprintf(stderr, "kyujin-bench: --queries: %s\n", text.error().message.c_str());
    return kFailed;
  }
  arguments.options.targets = Lines(*text);
  if (arguments.options.targets.empty()) {
    std::fprintf(
        stderr, "kyujin-bench: --queries: no request targets in %s\n", arguments.queries.c_str());
    return kFailed;
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

void AddQueriesCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<QueriesArguments>();
  CLI::App* queries =
      app->add_subcommand("queries", "print made-up search requests, one target a line");
  queries->add_option("--kind", arguments->kind, "filters, words or mixed")
      ->check(CLI::IsMember({"filters", "words", "mixed"}));
  queries->add_option("--count", arguments->count, "number of requests")
      ->required()
      ->check(CLI::Range(uint64_t{1}, kMaxQueries));
  queries->add_option("--seed", arguments->seed, "same seed and options, same requests");
  queries->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunQueries(*arguments); }; });
}

void AddLoadCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<LoadArguments>();
  load::LoadOptions& options = arguments->options;
  CLI::App* command = app->add_subcommand("load", "send requests to a server and report latencies");
  command->add_option("--url", options.url, "e.g. http://127.0.0.1:8080")->required();
  command->add_option("--queries", arguments->queries, "file of request targets, one a line")
      ->required();
  command->add_option("--connections", options.connections, "requests under way at once")
      ->check(CLI::Range(size_t{1}, kMaxConnections));
  command->add_option("--seconds", options.seconds, "how long; 0 sends every target once")
      ->check(CLI::Range(uint64_t{0}, kMaxSeconds));
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunLoadCommand(*arguments); }; });
}

}  // namespace kyujin::bench
