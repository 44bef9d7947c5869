#include "bench/engine/engine_benchmarks.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "bench/load/load_runner.h"

namespace kyujin::bench {
namespace {

using Clock = std::chrono::steady_clock;

// What the requests of one thread took and found.
struct Sample {
  std::vector<uint64_t> nanoseconds;
  std::vector<uint64_t> totals;

  void Report(benchmark::State* state) {
    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::sort(totals.begin(), totals.end());
    const auto microseconds = [&](double share) {
      constexpr double kNanosecondsPerMicrosecond = 1000;
      return static_cast<double>(load::Percentile(nanoseconds, share)) / kNanosecondsPerMicrosecond;
    };
    // Google Benchmark adds the counters of threads; the mean is what percentiles want.
    const auto mean = benchmark::Counter::kAvgThreads;
    state->counters["p50_us"] = benchmark::Counter(microseconds(0.50), mean);
    state->counters["p90_us"] = benchmark::Counter(microseconds(0.90), mean);
    state->counters["p99_us"] = benchmark::Counter(microseconds(0.99), mean);
    state->counters["max_us"] = benchmark::Counter(microseconds(1.0), mean);
    state->counters["matched_p50"] =
        benchmark::Counter(static_cast<double>(load::Percentile(totals, 0.50)), mean);
    state->counters["matched_p90"] =
        benchmark::Counter(static_cast<double>(load::Percentile(totals, 0.90)), mean);
    state->counters["per_s"] =
        benchmark::Counter(static_cast<double>(nanoseconds.size()), benchmark::Counter::kIsRate);
  }
};

// Each thread answers its share of the requests.
void AnswerAll(benchmark::State& state,
               EngineSession* session,
               const std::vector<mix::QueryLine>& queries) {
  const auto thread = static_cast<size_t>(state.thread_index());
  const auto threads = static_cast<size_t>(state.threads());
  Sample sample;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (size_t i = thread; i < queries.size(); i += threads) {
      const auto start = Clock::now();
      const Result<std::string> body = session->Get(queries[i].target, thread);
      const auto took = Clock::now() - start;
      if (!body.has_value()) {
        state.SkipWithError(body.error().message.c_str());
        return;
      }
      sample.nanoseconds.push_back(static_cast<uint64_t>(
          std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()));
      sample.totals.push_back(NumberIn(*body, "\"total\":"));
    }
  }
  sample.Report(&state);
}

void Register(const std::string& name,
              EngineSession* session,
              const std::vector<mix::QueryLine>& queries,
              int threads) {
  benchmark::RegisterBenchmark(
      name.c_str(),
      [session, queries](benchmark::State& state) { AnswerAll(state, session, queries); })
      ->Threads(threads)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void RegisterEngineBenchmarks(EngineSession* session,
                              const std::vector<mix::QueryLine>& queries,
                              int threads) {
  std::map<std::string, std::vector<mix::QueryLine>> by_class;
  for (const mix::QueryLine& query : queries) {
    by_class[query.query_class].push_back(query);
  }
  for (const auto& [name, of_class] : by_class) {
    Register("class/" + name, session, of_class, 1);
  }
  for (int n = 1; n <= threads; ++n) {
    Register("mix", session, queries, n);
  }
}

Status WarmUp(EngineSession* session, const std::vector<mix::QueryLine>& queries) {
  for (const mix::QueryLine& query : queries) {
    const Result<std::string> body = session->Get(query.target, 0);
    if (!body.has_value()) {
      return body.error();
    }
  }
  return {};
}

}  // namespace kyujin::bench
