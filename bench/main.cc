// kyujin-bench: made-up feeds, requests and load to measure the engine with.
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "bench/command.h"
#include "engine/base/allocator.h"

int main(int argc, char** argv) try {
  kyujin::UseLargePages();
  using kyujin::bench::kDone;
  using kyujin::bench::kWrongUsage;
  CLI::App app("Measurements of the kyujin search engine", "kyujin-bench");
  app.require_subcommand(1);
  kyujin::bench::Command chosen;
  kyujin::bench::AddCorpusCommand(&app, &chosen);
  kyujin::bench::AddQueriesCommand(&app, &chosen);
  kyujin::bench::AddLoadCommand(&app, &chosen);
  kyujin::bench::AddEngineCommand(&app, &chosen);
  kyujin::bench::AddMicroCommand(&app, &chosen);
  kyujin::bench::AddExportCommand(&app, &chosen);
  kyujin::bench::AddPassesCommand(&app, &chosen);
  kyujin::bench::AddPercolateCommand(&app, &chosen);
  kyujin::bench::AddSuggestCommand(&app, &chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  return chosen();
} catch (const std::exception& error) {
  std::fprintf(stderr, "kyujin-bench: %s\n", error.what());
  return kyujin::bench::kFailed;
}
