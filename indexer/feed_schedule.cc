#include "indexer/feed_schedule.h"

#include "engine/base/date.h"

namespace kyujin::indexer {
namespace {

constexpr std::chrono::hours kJapan{9};
constexpr std::chrono::hours kOpening{6};
constexpr std::chrono::minutes kMonthEndClosing{21 * 60 + 30};

bool IsMonthEnd(std::chrono::sys_days day) {
  const std::chrono::year_month_day tomorrow(day + std::chrono::days(1));
  return tomorrow.day() == std::chrono::day(1);
}

}  // namespace

std::chrono::seconds ClosedFor(std::chrono::system_clock::time_point now) {
  const auto local = std::chrono::floor<std::chrono::seconds>(now + kJapan);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto time = local - day;
  if (time < kOpening) {
    return kOpening - time;
  }
  if (IsMonthEnd(day) && time >= kMonthEndClosing) {
    return std::chrono::hours(24) + kOpening - time;
  }
  return std::chrono::seconds(0);
}

}  // namespace kyujin::indexer
