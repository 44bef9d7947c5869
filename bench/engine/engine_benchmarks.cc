#include "bench/engine/engine_benchmarks.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "bench/cpu_time.h"
#include "bench/load/load_runner.h"

namespace kyujin::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kNanosecondsPerMicrosecond = 1000;

double Microseconds(const std::vector<uint64_t>& sorted_nanoseconds, double share) {
  return static_cast<double>(load::Percentile(sorted_nanoseconds, share)) /
         kNanosecondsPerMicrosecond;
}

// What the requests of one thread took and found.
struct Sample {
  std::vector<uint64_t> nanoseconds;
  std::vector<uint64_t> processor_nanoseconds;
  std::vector<uint64_t> totals;

  void Report(benchmark::State* state) {
    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::sort(processor_nanoseconds.begin(), processor_nanoseconds.end());
    std::sort(totals.begin(), totals.end());
    const auto microseconds = [&](double share) { return Microseconds(nanoseconds, share); };
    // Google Benchmark adds the counters of threads; the mean is what percentiles want.
    const auto mean = benchmark::Counter::kAvgThreads;
    state->counters["p50_us"] = benchmark::Counter(microseconds(0.50), mean);
    state->counters["p90_us"] = benchmark::Counter(microseconds(0.90), mean);
    state->counters["p99_us"] = benchmark::Counter(microseconds(0.99), mean);
    state->counters["max_us"] = benchmark::Counter(microseconds(1.0), mean);
    state->counters["cpu_p50_us"] =
        benchmark::Counter(Microseconds(processor_nanoseconds, 0.50), mean);
    state->counters["cpu_p99_us"] =
        benchmark::Counter(Microseconds(processor_nanoseconds, 0.99), mean);
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
      const auto processor_start = ThreadCpuTime();
      const auto start = Clock::now();
      const Result<std::string> body = session->Get(queries[i].target, thread);
      const auto took = Clock::now() - start;
      sample.processor_nanoseconds.push_back(
          static_cast<uint64_t>((ThreadCpuTime() - processor_start).count()));
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

// The requests for a page far down: its first pages are turned over by their cursors. Those that
// end earlier are left out.
std::vector<mix::QueryLine> DeepPages(EngineSession* session,
                                      const std::vector<mix::QueryLine>& queries) {
  constexpr size_t kRequests = 50;
  constexpr size_t kPages = 30;
  constexpr std::string_view kCursorMember = "\"next_cursor\":\"";
  std::vector<mix::QueryLine> deep;
  for (const mix::QueryLine& query : queries) {
    if (deep.size() == kRequests || query.query_class.empty()) {
      break;
    }
    std::string cursor;
    for (size_t page = 0; page < kPages; ++page) {
      const std::string target =
          query.target + "&limit=100" + (cursor.empty() ? "" : "&cursor=" + cursor);
      const Result<std::string> body = session->Get(target, 0);
      const size_t at = body.has_value() ? body->rfind(kCursorMember) : std::string::npos;
      cursor = at == std::string::npos ? ""
                                       : body->substr(at + kCursorMember.size(),
                                                      body->find('"', at + kCursorMember.size()) -
                                                          at - kCursorMember.size());
      if (cursor.empty()) {
        break;
      }
    }
    if (!cursor.empty()) {
      deep.push_back({"deep_cursor", query.target + "&cursor=" + cursor});
    }
  }
  return deep;
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
  if (const auto deep = DeepPages(session, queries); !deep.empty()) {
    Register("class/deep_cursor", session, deep, 1);
  }
  for (int n = 1; n <= threads; ++n) {
    Register("mix", session, queries, n);
  }
}

void RegisterFirstTime(const EngineOptions& options,
                       const std::vector<mix::QueryLine>& queries,
                       std::string_view query_class) {
  std::vector<mix::QueryLine> of_class;
  std::vector<mix::QueryLine> others;
  for (const mix::QueryLine& query : queries) {
    (query.query_class == query_class ? of_class : others).push_back(query);
  }
  benchmark::RegisterBenchmark(fmt::format("first/{}", query_class).c_str(),
                               [options, of_class, others](benchmark::State& state) {
                                 const auto session = EngineSession::Open(options);
                                 const Status warm = session.has_value()
                                                         ? WarmUp(session->get(), others)
                                                         : Status(session.error());
                                 if (!warm.has_value()) {
                                   state.SkipWithError(warm.error().message.c_str());
                                   return;
                                 }
                                 AnswerAll(state, session->get(), of_class);
                               })
      ->Iterations(1)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
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
