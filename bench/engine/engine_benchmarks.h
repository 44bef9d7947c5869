// Whole requests by class, as Google Benchmark cases: latency percentiles on one thread, rate on
// several.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/engine/engine_session.h"
#include "bench/mix/mix_query.h"

namespace kyujin::bench {

// Registers a case for every class in `queries`, one (deep_cursor) for pages far down in some of
// them, one for all of them in their order, and the latter on 2 … `threads` threads. One iteration
// answers each request once. Counters: p50_us p90_us p99_us max_us of the requests, cpu_p50_us
// cpu_p99_us (processor time alone), matched_p50 matched_p90 (totals), per_s. Requires: both
// outlive the benchmarks.
void RegisterEngineBenchmarks(EngineSession* session,
                              const std::vector<mix::QueryLine>& queries,
                              int threads);

// Registers the case first/CLASS: the requests of one class, each asked for the first time, of a
// session that has answered all others.
void RegisterFirstTime(const EngineOptions& options,
                       const std::vector<mix::QueryLine>& queries,
                       std::string_view query_class);

// Answers every request once and reports those that fail; warms the caches.
Status WarmUp(EngineSession* session, const std::vector<mix::QueryLine>& queries);

}  // namespace kyujin::bench
