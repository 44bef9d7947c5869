// How much a random test tries: what ctest has time for, or what a variable of the environment
// says.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string>

namespace kyujin::test {

// Returns the number in the variable, `otherwise` when it is not set.
inline size_t TestSize(const char* variable, size_t otherwise) {
  const char* given = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return given != nullptr ? std::stoul(given) : otherwise;
}

}  // namespace kyujin::test
