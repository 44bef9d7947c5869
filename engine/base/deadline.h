// Deadline: the moment after which a request must stop costing anything. Loops over documents ask
// it every few thousand steps.
//
// Thread rule: Immutable.
#pragma once

#include <chrono>

namespace kyujin {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  // Never expires.
  static constexpr Deadline Infinite() { return Deadline(Clock::time_point::max()); }
  static Deadline After(std::chrono::milliseconds duration) {
    return Deadline(Clock::now() + duration);
  }

  [[nodiscard]] bool expired() const {
    return at_ != Clock::time_point::max() && Clock::now() >= at_;
  }

 private:
  explicit constexpr Deadline(Clock::time_point at) : at_(at) {}
  Clock::time_point at_;
};

}  // namespace kyujin
