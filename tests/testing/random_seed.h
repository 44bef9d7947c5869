// Random tests draw a new seed on every run, so that each run tries something else, and print it;
// KYUJIN_TEST_SEED repeats one.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace kyujin::test {

// Prints and returns the seed of a random test.
inline uint64_t RandomSeed() {
  const char* given = std::getenv("KYUJIN_TEST_SEED");  // NOLINT(concurrency-mt-unsafe)
  const uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device()();
  std::cout << "[     SEED ] KYUJIN_TEST_SEED=" << seed << std::endl;
  return seed;
}

}  // namespace kyujin::test
