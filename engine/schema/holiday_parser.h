// Days off: the weekdays of 休日 and 週休二日制.
//
// Thread rule: Immutable.
#pragma once

#include <string_view>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

inline constexpr WeekdayMask kSaturdayBit = 1U << 5U;
inline constexpr WeekdayMask kSundayBit = 1U << 6U;
inline constexpr WeekdayMask kPublicHolidayBit = 1U << 7U;

// Returns the days named in `text`, run together as the feed writes them (`土日祝日その他`) or with
// marks between
// (`土・日曜日、祝日`). 祝日 is no Sunday, 第２土曜 and 隔週土 are not every week.
WeekdayMask ParseWeekdays(std::string_view text);

// Returns the days off of `feed`: 休日, else the flags of the single days.
WeekdayMask ParseHolidayWeekdays(const FeedRecord& feed);

TwoDayWeek ParseTwoDayWeek(std::string_view text);

}  // namespace kyujin::schema
