// Filter rules: what each filter admits, value by value. Declared once for those who look at many
// documents at a time (engine/search/filter_compiler.cc, where a scan may say the same faster) and
// at one (engine/percolator).
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/query/search_request.h"
#include "engine/schema/column.h"
#include "engine/schema/condition.h"

namespace kyujin::query {

// Whether `value` of `column` is one that the posting gives.
inline bool IsGiven(schema::Column column, uint32_t value) {
  return value != schema::GetColumn(column).missing;
}

// Of a value that is given.
inline bool Admits(const CodeFilter& filter, uint32_t value) {
  return std::binary_search(filter.values.begin(), filter.values.end(), value);
}

inline bool Admits(const RangeFilter& filter, uint32_t value) {
  return value >= filter.min && value <= filter.max;
}

inline bool Admits(const RangesFilter& filter, uint32_t value) {
  return std::any_of(filter.ranges.begin(), filter.ranges.end(), [&](const ValueRange& range) {
    return value >= range.min && value <= range.max;
  });
}

// Of the bits of the column, none when missing.
inline bool Admits(const MaskFilter& filter, uint32_t bits) {
  return (bits & filter.all) == filter.all && (filter.any == 0 || (bits & filter.any) != 0) &&
         (bits & filter.none) == 0;
}

// Of one shift, start << 16 | end.
inline bool Admits(const ShiftFilter& filter, uint32_t shift) {
  return (shift >> 16U) >= filter.start_from && (shift & 0xFFFFU) <= filter.end_by;
}

// Whether only listed municipalities of the prefecture pass.
inline bool IsNarrowed(const PlaceFilter& filter, uint32_t prefecture) {
  return std::any_of(filter.municipalities.begin(),
                     filter.municipalities.end(),
                     [&](uint16_t municipality) { return municipality / 1000U == prefecture; });
}

// The prefectures that pass as a whole.
inline std::vector<uint8_t> WholePrefectures(const PlaceFilter& filter) {
  std::vector<uint8_t> whole;
  for (const uint8_t prefecture : filter.prefectures) {
    if (!IsNarrowed(filter, prefecture)) {
      whole.push_back(prefecture);
    }
  }
  return whole;
}

// The column that a wage filter looks at.
inline schema::Column LowerBoundColumn(WageBasis basis) {
  switch (basis) {
    case WageBasis::kBase:
      return schema::Column::kBaseMin;
    case WageBasis::kFixedAllowances:
      return schema::Column::kAllowancesMin;
    case WageBasis::kWithFixedOvertime:
      return schema::Column::kOvertimePayMin;
  }
  return schema::Column::kAllowancesMin;
}

// The first day that passes.
inline uint32_t FirstDay(const ReceivedFilter& filter, Date today) {
  uint32_t first = filter.from ? filter.from->days() : 0;
  if (filter.within_days) {
    const uint32_t days = today.days();
    first = std::max(first, *filter.within_days < days ? days - *filter.within_days : 0);
  }
  return first;
}

// The days on which a posting must have come in to be new, and those until which it must be open to
// be found; a deadline that is missing is later than every day.
struct DayRange {
  uint16_t first = 0;
  uint16_t last = UINT16_MAX;
  [[nodiscard]] bool Has(uint32_t day) const { return day >= first && day <= last; }
};
inline DayRange NewDays(Date today) {
  return {today.PlusDays(-schema::kNewDays).days(), today.days()};
}
inline DayRange OpenDeadlines(Date today) {
  return {today.days(), UINT16_MAX};
}

}  // namespace kyujin::query
