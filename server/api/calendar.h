// Calendar: which day it is for a request (API.md 1): the date in Japan by the clock, or a fixed
// one (--today).
#pragma once

#include <optional>

#include "engine/base/clock.h"
#include "engine/base/date.h"

namespace kyujin::api {

// Holds a reference to the clock, which must outlive it. Thread rule: **Thread-safe.**
class Calendar {
 public:
  explicit Calendar(const Clock& clock, std::optional<Date> fixed = std::nullopt)
      : clock_(clock), fixed_(fixed) {}

  [[nodiscard]] Date Today() const { return fixed_ ? *fixed_ : Date::InJapan(clock_.Now()); }

 private:
  const Clock& clock_;
  std::optional<Date> fixed_;
};

}  // namespace kyujin::api
