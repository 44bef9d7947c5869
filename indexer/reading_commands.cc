#include "indexer/reading_commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <utility>

#include "engine/base/clock.h"
#include "engine/index/snapshot.h"
#include "engine/text/analyzer.h"
#include "indexer/feed_client.h"
#include "indexer/feed_fetcher.h"
#include "indexer/index_dump.h"
#include "indexer/index_stats.h"
#include "indexer/index_verifier.h"
#include "indexer/progress.h"
#include "indexer/signal_watcher.h"

namespace kyujin::indexer {
namespace {

bool SleepUnlessStopped(std::chrono::seconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any stopped;
  stopped.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

Status RunVerify(const ReadingArguments& arguments) {
  return RunInChild([&]() -> Status {
    const SignalWatcher signals;
    return VerifyIndex({arguments.index, arguments.derive_all}, signals.token(), std::cout);
  });
}

Status RunStats(const ReadingArguments& arguments) {
  const SignalWatcher signals;
  KYUJIN_ASSIGN_OR_RETURN(const auto analyzer, text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const auto snapshot,
                          index::Snapshot::Open(arguments.index, analyzer->version()));
  KYUJIN_ASSIGN_OR_RETURN(const IndexStats stats, CollectStats(*snapshot, signals.token()));
  std::cout << (arguments.as_json ? StatsToJson(stats) + "\n" : StatsToText(stats)) << std::flush;
  return {};
}

Status RunDump(const ReadingArguments& arguments) {
  const SignalWatcher signals;
  return DumpIndex(arguments.index, signals.token(), std::cout);
}

Status RunFetch(const ReadingArguments& arguments) {
  const SignalWatcher signals;
  KYUJIN_ASSIGN_OR_RETURN(FeedCredentials credentials, ReadCredentials(arguments.id_file));
  KYUJIN_ASSIGN_OR_RETURN(const auto client, FeedClient::Create(arguments.base_url));
  const SystemClock clock;
  ConsoleProgress progress(std::cerr,
                           ::isatty(STDERR_FILENO) != 0 ? ConsoleProgress::Style::kTerminal
                                                        : ConsoleProgress::Style::kLines);
  FetchOptions options;
  options.data = arguments.data;
  options.output = arguments.output;
  options.any_time = arguments.any_time;
  FeedFetcher fetcher(
      options,
      std::move(credentials),
      {*client,
       clock,
       [&](std::chrono::seconds time) { return SleepUnlessStopped(time, signals.token()); },
       progress,
       std::cerr});
  KYUJIN_RETURN_IF_ERROR(fetcher.Run(signals.token()));
  std::cout << fmt::format("{} is whole\n", (options.output / options.data).string()) << std::flush;
  return {};
}

}  // namespace kyujin::indexer
