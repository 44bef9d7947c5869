// What the commands that run Google Benchmark share.
#pragma once

#include <string>
#include <vector>

namespace kyujin::bench {

// Hands `flags`, the rest of a command line, to Google Benchmark.
void InitializeBenchmark(std::vector<std::string> flags);

}  // namespace kyujin::bench
