#include <cstdio>
#include <memory>
#include <string>

#include "bench/command.h"
#include "bench/mix/query_sampler.h"

namespace kyujin::bench {
namespace {

constexpr uint64_t kMaxQueries = 1'000'000;

struct QueriesArguments {
  std::string index;
  uint64_t count = 0;
  uint64_t seed = 1;
};

Result<std::vector<mix::MixQuery>> Sample(const QueriesArguments& arguments) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const text::AnalyzerModel> model,
                          text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const index::Snapshot> snapshot,
                          index::Snapshot::Open(arguments.index, model->version()));
  if (snapshot->documents() == 0) {
    return InvalidArgument("the index is empty: " + arguments.index);
  }
  text::Analyzer analyzer(model);
  return mix::QuerySampler(*snapshot, &analyzer, arguments.seed).StandardMix(arguments.count);
}

int RunQueries(const QueriesArguments& arguments) {
  const auto queries = Sample(arguments);
  if (!queries.has_value()) {
    std::fprintf(stderr, "kyujin-bench: %s\n", queries.error().message.c_str());
    return kFailed;
  }
  for (const mix::MixQuery& query : *queries) {
    std::puts(mix::ToLine(query).c_str());
  }
  return kDone;
}

}  // namespace

void AddQueriesCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<QueriesArguments>();
  CLI::App* queries = app->add_subcommand(
      "queries", "print the standard mix of search requests, drawn from an index, one a line");
  queries->add_option("--index", arguments->index, "index directory to draw words and filters from")
      ->required();
  queries->add_option("--count", arguments->count, "number of requests, all different")
      ->required()
      ->check(CLI::Range(uint64_t{100}, kMaxQueries));
  queries->add_option("--seed", arguments->seed, "same seed and index, same requests");
  queries->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunQueries(*arguments); }; });
}

}  // namespace kyujin::bench
