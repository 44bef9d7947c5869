// Load runner: sends the requests of a file to a server from several connections for some time and
// reports latencies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::load {

struct LoadOptions {
  std::string url;                   // http://127.0.0.1:8080
  std::vector<std::string> targets;  // sent in turn, over and over
  size_t connections = 1;
  uint64_t seconds = 10;  // 0: every target once
  uint64_t rate = 0;      // requests a second over all connections; 0: as fast as they are answered
};

// Latencies in microseconds: of the whole exchange as the client saw it (with a rate, from when the
// request was due: what had to wait behind a slow answer is not forgotten), and of the engine as
// `took_us` says.
struct LoadReport {
  uint64_t requests = 0;
  uint64_t failures = 0;  // any status but 200
  double seconds = 0;
  std::vector<uint64_t> exchange_us;  // ascending
  std::vector<uint64_t> engine_us;    // ascending
};

// Errors: kUnavailable when the server cannot be reached, kInvalidArgument for a URL that is not
// plain http.
Result<LoadReport> RunLoad(const LoadOptions& options);

// The value below which `share` (0 … 1) of the ascending `values` lie; 0 when there are none.
uint64_t Percentile(const std::vector<uint64_t>& values, double share);

// Returns the report as lines for people.
std::string Describe(const LoadReport& report);

}  // namespace kyujin::load
