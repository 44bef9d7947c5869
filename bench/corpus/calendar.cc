#include "bench/corpus/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>

namespace kyujin::corpus {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr sys_days kEpoch = year{2000} / 1 / 1;

year_month_day ToCivil(Date date) {
  return kEpoch + days{date.days()};
}

Date FromSysDays(sys_days when) {
  return Date::FromDays(static_cast<uint16_t>((when - kEpoch).count()));
}

// National holidays of fixed date and the days around New Year.
bool IsClosed(year_month_day date) {
  const std::chrono::weekday weekday{sys_days{date}};
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) {
    return true;
  }
  constexpr std::array<unsigned, 15> kClosed = {
      101, 102, 103, 211, 223, 429, 503, 504, 505, 811, 1103, 1123, 1229, 1230, 1231};
  const unsigned key =
      static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
  for (const unsigned closed : kClosed) {
    if (key == closed) {
      return true;
    }
  }
  return false;
}

// Arrivals by working day of the month, as measured on real postings; later days as the last.
constexpr std::array<uint32_t, 14> kArrivals = {
    160, 80, 64, 55, 48, 46, 40, 36, 34, 30, 29, 27, 25, 24};
constexpr uint32_t kLateArrivals = 20;

Date LastDayOfSecondMonthAfter(year_month start) {
  return FromSysDays(sys_days{(start + months{2}) / std::chrono::last});
}

}  // namespace

std::string FeedDate(Date date) {
  std::string text = date.ToString();
  text[4] = '/';
  text[7] = '/';
  return text;
}

PostingCalendar::PostingCalendar(Date as_of)
    : as_of_(as_of), current_(std::array<uint32_t, 1>{1}), expired_(std::array<uint32_t, 1>{1}) {
  const year_month_day civil = ToCivil(as_of);
  const year_month this_month = civil.year() / civil.month();
  // Older months have lost some postings; the oldest one stands only past its deadline.
  constexpr std::array<uint32_t, 4> kMonthWeights = {80, 80, 84, 100};
  std::vector<uint32_t> weights;
  size_t expired_days = 0;
  for (int back = 3; back >= 0; --back) {
    const year_month of = this_month - months{back};
    AddMonth(static_cast<int>(of.year()),
             static_cast<unsigned>(of.month()),
             kMonthWeights[static_cast<size_t>(3 - back)],
             weights);
    expired_days = back == 3 ? weights.size() : expired_days;
  }
  std::vector<uint32_t> expired(weights);
  for (size_t i = 0; i < weights.size(); ++i) {
    (i < expired_days ? weights[i] : expired[i]) = 0;
  }
  current_ = AliasTable(weights);
  expired_ = AliasTable(expired);
}

void PostingCalendar::AddMonth(int of_year,
                               unsigned of_month,
                               uint32_t weight,
                               std::vector<uint32_t>& weights) {
  const year_month of = year{of_year} / month{of_month};
  const Date deadline = LastDayOfSecondMonthAfter(of);
  size_t working_day = 0;
  for (sys_days when = of / day{1}; year_month_day{when}.month() == of.month(); when += days{1}) {
    if (IsClosed(year_month_day{when})) {
      continue;
    }
    const Date received = FromSysDays(when);
    if (received > as_of_) {
      return;
    }
    days_.push_back({received, deadline, FeedDate(received), FeedDate(deadline)});
    weights.push_back(weight *
                      (working_day < kArrivals.size() ? kArrivals[working_day] : kLateArrivals));
    ++working_day;
  }
}

size_t PostingCalendar::PickReceived(Random& random) const {
  return random.Permille(10) ? expired_.Pick(random) : current_.Pick(random);
}

size_t PostingCalendar::Later(size_t received, size_t working_days) const {
  return std::min(received + working_days, days_.size() - 1);
}

std::string PostingCalendar::DeadlineText(size_t index, Random& random) const {
  const Day& day_of_receipt = days_[index];
  if (!random.Permille(3) || day_of_receipt.deadline <= as_of_) {
    return day_of_receipt.deadline_text;
  }
  const Date first = std::max(as_of_, day_of_receipt.received.PlusDays(14));
  const int span = day_of_receipt.deadline.days() - first.days();
  return span <= 0 ? day_of_receipt.deadline_text
                   : FeedDate(first.PlusDays(random.Between(0, span - 1)));
}

}  // namespace kyujin::corpus
