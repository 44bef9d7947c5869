#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "bench/command.h"
#include "bench/engine/engine_session.h"
#include "bench/query_lines.h"

namespace kyujin::bench {
namespace {

struct PassesArguments {
  std::string index;
  std::string queries;
};

int Fail(const std::string& message) {
  std::fprintf(stderr, "kyujin-bench: %s\n", message.c_str());
  return kFailed;
}

// One answer: class, nanoseconds, total.
Status Answer(const mix::QueryLine& query, EngineSession* session) {
  const auto start = std::chrono::steady_clock::now();
  KYUJIN_ASSIGN_OR_RETURN(const std::string body, session->Get(query.target, 0));
  const auto took = std::chrono::steady_clock::now() - start;
  std::printf(
      "%s\t%lld\t%llu\n",
      query.query_class.c_str(),
      static_cast<long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()),
      static_cast<unsigned long long>(NumberIn(body, "\"total\":")));
  return {};
}

// A pass over all requests for every line on standard input, as bench/peers/compare.py asks.
int RunPasses(const PassesArguments& arguments) {
  const auto queries = ReadQueryLines(arguments.queries);
  if (!queries.has_value()) {
    return Fail("--queries: " + queries.error().message);
  }
  const auto session = EngineSession::Open({arguments.index, std::nullopt, 1});
  if (!session.has_value()) {
    return Fail(session.error().message);
  }
  std::puts("ready");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    for (const mix::QueryLine& query : *queries) {
      if (const Status status = Answer(query, session->get()); !status.has_value()) {
        return Fail(status.error().message);
      }
    }
    std::puts("done");
    std::fflush(stdout);
  }
  return kDone;
}

}  // namespace

void AddPassesCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<PassesArguments>();
  CLI::App* command = app->add_subcommand(
      "passes", "answer all requests once for every line on standard input (bench/peers)");
  command->add_option("--index", arguments->index, "index directory")->required();
  command->add_option("--queries", arguments->queries, "file of requests")->required();
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunPasses(*arguments); }; });
}

}  // namespace kyujin::bench
