#include "engine/schema/holiday_parser.h"

#include <array>
#include <optional>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

std::optional<WeekdayMask> DayBit(char32_t code) {
  constexpr std::u32string_view kDays = U"月火水木金土日";
  const size_t day = kDays.find(code);
  if (code == 0 || day == std::u32string_view::npos) {
    return std::nullopt;
  }
  return static_cast<WeekdayMask>(1U << day);
}

// 月1回, 月に1回, 月末, 日中: no day of the week.
bool EndsDay(char32_t next) {
  constexpr std::u32string_view kOthers = U"0123456789に末初中平間勤数";
  return next == 0 || kOthers.find(next) == std::u32string_view::npos;
}

bool IsMark(char32_t code) {
  constexpr std::u32string_view kMarks = U" ・,、。./()[]「」~-:&";
  return code != 0 && kMarks.find(code) != std::u32string_view::npos;
}

// Drops 曜 or 曜日 behind a day.
void TakeDaySuffix(ValueReader* reader) {
  if (reader->Take("曜")) {
    reader->Take("日");
  }
}

bool TakePublicHoliday(ValueReader* reader) {
  if (!reader->Take("祝")) {
    return false;
  }
  reader->Take("祭");
  reader->Take("日");
  return true;
}

}  // namespace

WeekdayMask ParseWeekdays(std::string_view text) {
  unsigned days = 0;
  // A day counts in a run of days only: the 日 of 休日 and the 月 of 毎月 name none.
  bool in_run = true;
  bool every_week = true;
  ValueReader reader(text);
  while (!reader.AtEnd()) {
    if (TakePublicHoliday(&reader)) {
      days |= kPublicHolidayBit;
      in_run = true;
      continue;
    }
    if (reader.Take("毎週") || reader.Take("完全週休二日制") || reader.Take("週休二日制")) {
      every_week = true;
      in_run = true;
      continue;
    }
    if (reader.Take("第") || reader.Take("隔週")) {
      every_week = false;
      in_run = true;
      reader.TakeNumber();
      continue;
    }
    const char32_t code = reader.Next();
    const auto day = DayBit(code);
    if (day && (in_run || reader.Peek() == U'曜') && EndsDay(reader.Peek())) {
      days |= every_week ? *day : 0U;
      TakeDaySuffix(&reader);
      in_run = true;
      continue;
    }
    in_run = IsMark(code) || (!every_week && code >= U'0' && code <= U'9');
    every_week = every_week || code == U'、' || code == U'/' || code == U' ';
  }
  return static_cast<WeekdayMask>(days);
}

WeekdayMask ParseHolidayWeekdays(const FeedRecord& feed) {
  const std::string_view text = feed.Get(Tag::kKyjs);
  if (!text.empty()) {
    return ParseWeekdays(text);
  }
  constexpr std::array<Tag, 8> kFlags{Tag::kKyjsMon,
                                      Tag::kKyjsTue,
                                      Tag::kKyjsWed,
                                      Tag::kKyjsThu,
                                      Tag::kKyjsFri,
                                      Tag::kKyjsSat,
                                      Tag::kKyjsSun,
                                      Tag::kKyjsHoliday};
  unsigned days = 0;
  for (size_t day = 0; day < kFlags.size(); ++day) {
    if (SaysYes(feed.Get(kFlags[day]))) {
      days |= 1U << day;
    }
  }
  return static_cast<WeekdayMask>(days);
}

TwoDayWeek ParseTwoDayWeek(std::string_view text) {
  const std::string_view value = TrimValue(text);
  if (value.empty()) {
    return TwoDayWeek::kUnknown;
  }
  if (value.starts_with("毎週")) {
    return TwoDayWeek::kEveryWeek;
  }
  return SaysNo(value) ? TwoDayWeek::kNone : TwoDayWeek::kOther;
}

}  // namespace kyujin::schema
