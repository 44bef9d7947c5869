#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/benchmark_flags.h"
#include "bench/command.h"
#include "bench/engine/engine_benchmarks.h"
#include "bench/query_lines.h"

namespace kyujin::bench {
namespace {

constexpr int kMostThreads = 64;

struct EngineArguments {
  std::string index;
  std::string queries;
  std::string today;
  std::string commit = "unknown";
  int threads = 1;
  std::vector<std::string> flags;  // Google Benchmark's own
};

int Fail(const std::string& message) {
  std::fprintf(stderr, "kyujin-bench: %s\n", message.c_str());
  return kFailed;
}

int RunEngine(const EngineArguments& arguments) {
  EngineOptions options;
  options.index = arguments.index;
  options.workers = static_cast<size_t>(arguments.threads);
  if (!arguments.today.empty()) {
    const auto today = Date::Parse(arguments.today);
    if (!today.has_value()) {
      return Fail("--today: " + today.error().message);
    }
    options.today = *today;
  }
  const auto queries = ReadQueryLines(arguments.queries);
  if (!queries.has_value()) {
    return Fail("--queries: " + queries.error().message);
  }
  const auto session = EngineSession::Open(options);
  if (!session.has_value()) {
    return Fail(session.error().message);
  }
  const Status warm = WarmUp(session->get(), *queries);
  if (!warm.has_value()) {
    return Fail(warm.error().message);
  }
  InitializeBenchmark(arguments.flags);
  benchmark::AddCustomContext("commit", arguments.commit);
  benchmark::AddCustomContext("documents", std::to_string((*session)->documents()));
  benchmark::AddCustomContext("queries", arguments.queries);
  // What words find is kept when it was asked for once; of phrases it is the larger part.
  RegisterFirstTime(options, *queries, "phrase");
  RegisterEngineBenchmarks(session->get(), *queries, arguments.threads);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return kDone;
}

}  // namespace

void AddEngineCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<EngineArguments>();
  CLI::App* command = app->add_subcommand(
      "engine", "time whole requests, without sockets, by class and as a mix (Google Benchmark)");
  command->add_option("--index", arguments->index, "index directory")->required();
  command->add_option("--queries", arguments->queries, "file made by `kyujin-bench queries`")
      ->required();
  command->add_option("--today", arguments->today, "the day to search on; else the index's own");
  command->add_option("--commit", arguments->commit, "noted in the results");
  command->add_option("--threads", arguments->threads, "the mix is timed on 1 to so many threads")
      ->check(CLI::Range(1, kMostThreads));
  command->add_option(
      "flags", arguments->flags, "after --: Google Benchmark's own, e.g. --benchmark_out=FILE");
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunEngine(*arguments); }; });
}

}  // namespace kyujin::bench
