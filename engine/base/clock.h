// Clock: where the program learns the time. Tests and --today inject their own.
#pragma once

#include <chrono>

namespace kyujin {

// Thread rule: Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Returns the wall-clock time.
  [[nodiscard]] virtual std::chrono::system_clock::time_point Now() const = 0;
};

// The machine's own clock. Thread rule: Thread-safe.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::system_clock::time_point Now() const override {
    return std::chrono::system_clock::now();
  }
};

}  // namespace kyujin
