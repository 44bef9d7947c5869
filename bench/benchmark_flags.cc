#include "bench/benchmark_flags.h"

#include <benchmark/benchmark.h>

namespace kyujin::bench {

void InitializeBenchmark(std::vector<std::string> flags) {
  // The library keeps the pointer, for the head of what it prints.
  static char name[] = "kyujin-bench";
  std::vector<char*> arguments{name};
  for (std::string& flag : flags) {
    arguments.push_back(flag.data());
  }
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
}

}  // namespace kyujin::bench
