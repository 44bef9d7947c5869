// Date: a calendar day in Japan, and the forms in which the feed and the API write days and times.
//
// Thread rule: Immutable.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin {

// A day of the Gregorian calendar between 2000-01-01 and 2179-06-06 (16 bits of days).
class Date {
 public:
  Date() = default;

  // `days` counts from 2000-01-01.
  static constexpr Date FromDays(uint16_t days) { return Date(days); }
  // Errors: kInvalidArgument when the day does not exist or lies outside the range.
  static Result<Date> FromCivil(int year, unsigned month, unsigned day);
  // Parses `2026-11-22` and `2026/11/22`, months and days of one or two digits, half-width only.
  // Errors: kInvalidArgument.
  static Result<Date> Parse(std::string_view text);
  // The day in Japan (UTC+9, no daylight saving) at `time`. Clamped to the range.
  static Date InJapan(std::chrono::system_clock::time_point time);

  [[nodiscard]] constexpr uint16_t days() const { return days_; }
  // Returns `2026-11-22`.
  [[nodiscard]] std::string ToString() const;
  // Returns the day `delta` days later (earlier when negative), clamped to the range.
  [[nodiscard]] Date PlusDays(int delta) const;

  // NOLINTNEXTLINE(modernize-use-nullptr): takes the 0 that the comparison hides for a pointer
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(uint16_t days) : days_(days) {}
  uint16_t days_ = 0;
};

// Returns `time` as RFC 3339 in Japan: `2026-11-22T05:10:00+09:00`.
std::string FormatTimeInJapan(std::chrono::system_clock::time_point time);

// Parses RFC 3339 with an offset (`2026-04-30T18:00:00+09:00`, `…Z`). Errors: kInvalidArgument.
Result<std::chrono::system_clock::time_point> ParseTime(std::string_view text);

}  // namespace kyujin
