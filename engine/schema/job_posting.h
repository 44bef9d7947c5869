// JobPosting: everything the engine knows of one posting. PostingDeriver makes it from a
// FeedRecord; the index writer turns it into columns, words and a card. Missing values are absent
// optionals, never magic numbers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/condition.h"
#include "engine/schema/feed_record.h"
#include "engine/schema/posting_number.h"

namespace kyujin::schema {

// The order is that of the wage sorts (API.md 2): types are never mixed. Codes: monthly yearly
// daily hourly other.
enum class WageType : uint8_t { kUnknown, kMonthly, kYearly, kDaily, kHourly, kOther };

// Yen, both ends inclusive; min ≤ max is not promised by the feed and not enforced.
struct YenRange {
  uint32_t min = 0;
  uint32_t max = 0;
  friend bool operator==(const YenRange&, const YenRange&) = default;
};

// 賃金. Without a base wage there is none at all: type kUnknown and no ranges.
struct Wage {
  WageType type = WageType::kUnknown;
  std::optional<YenRange> base;                  // a 基本給
  std::optional<YenRange> fixed_allowances;      // a+b, the feed's own sum before ours
  std::optional<YenRange> with_fixed_overtime;   // a+b+c
  std::optional<YenRange> fixed_overtime;        // c 固定残業代, when an amount is given
  std::optional<uint16_t> fixed_overtime_hours;  // from c's text
  friend bool operator==(const Wage&, const Wage&) = default;
};

// Minutes since midnight; `end` is greater than `start`, past midnight it is above 24 × 60.
struct Shift {
  uint16_t start = 0;
  uint16_t end = 0;
  friend bool operator==(const Shift&, const Shift&) = default;
};

// One station the posting names, with the way from it when the text tells.
struct StationAccess {
  std::string name;                     // as the feed writes it, e.g. ＪＲ渋谷駅
  std::string key;                      // folded, without operator and 駅: 渋谷
  std::optional<uint8_t> walk_minutes;  // only on foot; by car or bus is no value
  bool is_bus_stop = false;             // a bus stop is named in the station's place
  friend bool operator==(const StationAccess&, const StationAccess&) = default;
};

// Millionths of a degree, counted from the South Pole and from 180° west, so that none is negative.
struct Position {
  uint32_t latitude = 0;
  uint32_t longitude = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

// 職業分類 2022: 大 1–15, 中 1–99 (of the whole table), 小 1–99; 0 = not given.
struct Occupation {
  uint8_t major = 0;
  uint8_t middle = 0;
  uint8_t minor = 0;
  friend bool operator==(const Occupation&, const Occupation&) = default;
};

// Bits 0–6 Monday to Sunday, bit 7 public holidays (祝日).
using WeekdayMask = uint8_t;
// Bits of work systems; several can hold at once.
enum class WorkSystem : uint8_t {
  kShift = 1,
  kFlexible = 2,
  kDiscretionary = 4,
  kVariable = 8,
  kFixed = 16
};
// Bits of insurances: 雇用 労災 健康 厚生.
enum class Insurance : uint8_t { kEmployment = 1, kAccident = 2, kHealth = 4, kPension = 8 };
enum class FullPart : uint8_t { kUnknown, kFull, kPart };
enum class Dispatch : uint8_t { kUnknown, kDispatch, kContract, kNone };
enum class Renewal : uint8_t { kUnknown, kAlways, kConditional, kNone };
enum class LicenceNeed : uint8_t { kUnknown, kRequired, kPreferred, kNone };
enum class TwoDayWeek : uint8_t { kUnknown, kEveryWeek, kOther, kNone };
// Whether an age limit is stated: kUnknown when the feed says nothing of it.
enum class AgeLimit : uint8_t { kUnknown, kNone, kLimited };
// 公開範囲.
enum class Disclosure : uint8_t { kPublic, kJobSeekersOnly, kWithoutEmployer, kHidden };

// Thread rule: Thread-compatible.
struct JobPosting {
  PostingNumber number;
  FeedRecord feed;
  uint64_t content_hash = 0;  // XXH3 of the feed values: what sync compares

  std::optional<Date> received;
  std::optional<Date> deadline;
  uint8_t kind = 0;        // 求人区分 1–5, 0 = not given
  uint8_t employment = 0;  // 1–7 as in API.md 2, 0 = not given
  FullPart full_part = FullPart::kUnknown;
  Dispatch dispatch = Dispatch::kUnknown;
  Renewal renewal = Renewal::kUnknown;
  Disclosure disclosure = Disclosure::kPublic;

  uint8_t prefecture = 0;            // 1–47, 0 = unknown
  uint16_t municipality = 0;         // 5-digit code, 0 = unknown
  std::optional<Position> position;  // its own, else of the place it is in (position.h)
  std::vector<StationAccess> stations;
  std::optional<uint8_t> walk_minutes;  // least of all stations and bus stops, unnamed ones too

  Occupation occupation;
  uint16_t industry = 0;     // JSIC 小分類 (3 digits) when known, else 中 × 10; 0 = unknown
  std::string employer_key;  // folded employer name, spaces removed
  uint64_t employer_number = 0;  // 事業所番号 as a number of 11 digits; 0 = not given
  std::optional<uint32_t> employees;

  Wage wage;
  std::vector<Shift> shifts;
  uint8_t work_systems = 0;                // WorkSystem bits
  std::optional<uint16_t> overtime_hours;  // monthly average; 時間外なし is 0
  std::optional<uint16_t> annual_holidays;
  WeekdayMask holiday_weekdays = 0;
  TwoDayWeek two_day_week = TwoDayWeek::kUnknown;

  AgeLimit age_limit = AgeLimit::kUnknown;
  std::optional<uint8_t> age_min;
  std::optional<uint8_t> age_max;
  std::vector<std::string> licences;  // folded names
  LicenceNeed licence_need = LicenceNeed::kUnknown;
  uint8_t insurances = 0;  // Insurance bits
  std::optional<uint16_t> positions;

  ConditionMask conditions_yes = 0;
  ConditionMask conditions_no = 0;
  ConditionMask conditions_from_text = 0;  // of those known, decided by patterns over the text
};

}  // namespace kyujin::schema
