// RandomSource: the dice of random tests. The same seed rolls the same everywhere, so a printed
// seed repeats a failure.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <span>
#include <vector>

namespace kyujin::test {

// Confined to one thread.
class RandomSource {
 public:
  explicit RandomSource(uint64_t seed) : engine_(seed) {}

  // Returns a number below `bound`. Requires: bound > 0.
  uint64_t Below(uint64_t bound) { return engine_() % bound; }
  // Returns a number in [min, max].
  int Between(int min, int max) {
    return min + static_cast<int>(Below(static_cast<uint64_t>(max - min + 1)));
  }
  bool Percent(unsigned percent) { return Below(100) < percent; }

  template <class T>
  const T& Pick(std::span<const T> values) {
    return values[Below(values.size())];
  }
  template <class T>
  const T& Pick(const std::vector<T>& values) {
    return values[Below(values.size())];
  }
  template <class T, size_t kSize>
  const T& Pick(const std::array<T, kSize>& values) {
    return values[Below(kSize)];
  }
  template <class T>
  T Pick(std::initializer_list<T> values) {
    return values.begin()[Below(values.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace kyujin::test
