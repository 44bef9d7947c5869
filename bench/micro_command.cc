#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/benchmark_flags.h"
#include "bench/command.h"
#include "bench/micro/micro_benchmarks.h"

namespace kyujin::bench {
namespace {

struct MicroArguments {
  std::string index;
  std::string commit = "unknown";
  std::vector<std::string> flags;  // Google Benchmark's own
};

Status Run(const MicroArguments& arguments) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const text::AnalyzerModel> model,
                          text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const index::Snapshot> snapshot,
                          index::Snapshot::Open(arguments.index, model->version()));
  if (snapshot->segments().empty() || snapshot->segments().front()->documents() == 0) {
    return InvalidArgument("the index is empty: " + arguments.index);
  }
  const uint32_t documents = snapshot->segments().front()->documents();
  InitializeBenchmark(arguments.flags);
  benchmark::AddCustomContext("commit", arguments.commit);
  benchmark::AddCustomContext("documents", std::to_string(documents));
  RegisterKernelBenchmarks(documents);
  RegisterTopDocsBenchmarks(documents);
  RegisterFacetBenchmarks(snapshot);
  RegisterPostingBenchmarks(snapshot);
  RegisterWordBenchmarks(snapshot, model);
  RegisterStoreBenchmarks(snapshot);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return {};
}

int RunMicro(const MicroArguments& arguments) {
  const Status status = Run(arguments);
  if (!status.has_value()) {
    std::fprintf(stderr, "kyujin-bench: %s\n", status.error().message.c_str());
    return kFailed;
  }
  return kDone;
}

}  // namespace

void AddMicroCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<MicroArguments>();
  CLI::App* command = app->add_subcommand(
      "micro",
      "time the parts of a search: kernels, facets by density, postings, words, top-k, hits "
      "(Google Benchmark)");
  command->add_option("--index", arguments->index, "index directory")->required();
  command->add_option("--commit", arguments->commit, "noted in the results");
  command->add_option(
      "flags", arguments->flags, "after --: Google Benchmark's own, e.g. --benchmark_out=FILE");
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunMicro(*arguments); }; });
}

}  // namespace kyujin::bench
