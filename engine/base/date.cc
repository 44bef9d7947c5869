#include "engine/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace kyujin {
namespace {

using std::chrono::sys_days;
using std::chrono::system_clock;

constexpr sys_days kEpoch = std::chrono::year(2000) / std::chrono::January / 1;
constexpr std::chrono::hours kJapanOffset{9};

// In seconds, because the clock's own unit cannot hold nine hours more than its last instant.
std::chrono::sys_seconds LocalTime(system_clock::time_point time) {
  return std::chrono::floor<std::chrono::seconds>(time) + kJapanOffset;
}

// Reads an unsigned number of `min_digits` to `max_digits` digits at the front of `text` and drops
// it.
std::optional<int> TakeNumber(std::string_view* text, size_t min_digits, size_t max_digits) {
  size_t digits = 0;
  while (digits < text->size() && digits < max_digits && (*text)[digits] >= '0' &&
         (*text)[digits] <= '9') {
    ++digits;
  }
  if (digits < min_digits) {
    return std::nullopt;
  }
  int value = 0;
  std::from_chars(text->data(), text->data() + digits, value);
  text->remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view* text, char expected) {
  if (text->empty() || text->front() != expected) {
    return false;
  }
  text->remove_prefix(1);
  return true;
}

// Reads `±hh:mm` or `Z`; returns minutes east of UTC.
std::optional<int> TakeOffset(std::string_view* text) {
  if (TakeChar(text, 'Z') || TakeChar(text, 'z')) {
    return 0;
  }
  if (text->empty() || (text->front() != '+' && text->front() != '-')) {
    return std::nullopt;
  }
  const int sign = text->front() == '-' ? -1 : 1;
  text->remove_prefix(1);
  const auto hours = TakeNumber(text, 2, 2);
  if (!hours || *hours > 23 || !TakeChar(text, ':')) {
    return std::nullopt;
  }
  const auto minutes = TakeNumber(text, 2, 2);
  if (!minutes || *minutes > 59) {
    return std::nullopt;
  }
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

Result<Date> Date::FromCivil(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day civil{
      std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!civil.ok()) {
    return InvalidArgument(fmt::format("no such day: {:04}-{:02}-{:02}", year, month, day));
  }
  const auto days = (sys_days(civil) - kEpoch).count();
  if (days < 0 || days > std::numeric_limits<uint16_t>::max()) {
    return InvalidArgument(
        fmt::format("day outside 2000-01-01 … 2179-06-06: {:04}-{:02}-{:02}", year, month, day));
  }
  return Date(static_cast<uint16_t>(days));
}

Result<Date> Date::Parse(std::string_view text) {
  std::string_view rest = text;
  const auto year = TakeNumber(&rest, 4, 4);
  const char separator = rest.empty() ? '\0' : rest.front();
  if (year && (separator == '-' || separator == '/')) {
    rest.remove_prefix(1);
    const auto month = TakeNumber(&rest, 1, 2);
    if (month && TakeChar(&rest, separator)) {
      const auto day = TakeNumber(&rest, 1, 2);
      if (day && rest.empty()) {
        return FromCivil(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
      }
    }
  }
  return InvalidArgument("not a date (2026-11-22): " + std::string(text));
}

Date Date::InJapan(system_clock::time_point time) {
  const auto days = std::chrono::floor<std::chrono::days>(LocalTime(time)) - kEpoch;
  return Date(static_cast<uint16_t>(
      std::clamp<int64_t>(days.count(), 0, std::numeric_limits<uint16_t>::max())));
}

std::string Date::ToString() const {
  const std::chrono::year_month_day civil{kEpoch + std::chrono::days(days_)};
  return fmt::format("{:04}-{:02}-{:02}",
                     static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

Date Date::PlusDays(int delta) const {
  return Date(static_cast<uint16_t>(
      std::clamp<int64_t>(int64_t{days_} + delta, 0, std::numeric_limits<uint16_t>::max())));
}

std::string FormatTimeInJapan(system_clock::time_point time) {
  const auto local = LocalTime(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day civil{day};
  const std::chrono::hh_mm_ss clock{local - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+09:00",
                     static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()),
                     clock.hours().count(),
                     clock.minutes().count(),
                     clock.seconds().count());
}

Result<system_clock::time_point> ParseTime(std::string_view text) {
  const Error error =
      InvalidArgument("not a time (2026-11-22T05:10:00+09:00): " + std::string(text));
  if (text.size() < 20) {
    return error;
  }
  KYUJIN_ASSIGN_OR_RETURN(const Date day, Date::Parse(text.substr(0, 10)));
  std::string_view rest = text.substr(10);
  if (!TakeChar(&rest, 'T') && !TakeChar(&rest, 't')) {
    return error;
  }
  std::array<int, 3> parts{};
  constexpr std::array<int, 3> kLimits{23, 59, 60};
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto part = TakeNumber(&rest, 2, 2);
    if (!part || *part > kLimits[i] || (i < 2 && !TakeChar(&rest, ':'))) {
      return error;
    }
    parts[i] = *part;
  }
  if (TakeChar(&rest, '.') && !TakeNumber(&rest, 1, 9)) {
    return error;
  }
  const auto offset = TakeOffset(&rest);
  if (!offset || !rest.empty()) {
    return error;
  }
  return kEpoch + std::chrono::days(day.days()) + std::chrono::hours(parts[0]) +
         std::chrono::minutes(parts[1] - *offset) + std::chrono::seconds(parts[2]);
}

}  // namespace kyujin
