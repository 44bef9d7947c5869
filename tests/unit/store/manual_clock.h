// ManualClock: a clock that a test sets.
#pragma once

#include <atomic>
#include <chrono>

#include "engine/base/clock.h"

namespace kyujin::test {

// Thread-safe. Begins on 2026-11-22 at noon in Japan.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::system_clock::time_point Now() const override {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(now_ms_.load()));
  }
  void Advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

 private:
  std::atomic<int64_t> now_ms_{1'795'316'400'000};
};

}  // namespace kyujin::test
