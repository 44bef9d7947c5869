// Wages (賃金): the parts a, b, a+b and c of a feed record as yen (API.md 2, "Wages").
//
// Thread rule: Immutable.
#pragma once

#include <optional>
#include <string_view>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Returns the first amount or range of yen in `text` (`1,800円～2,000円`, `20万円`,
// `～２，０００円`), a missing bound equal to the other; nothing when there is no amount or it is
// zero.
std::optional<YenRange> ParseYenRange(std::string_view text);

// Returns the hours that a fixed overtime allowance pays for
// (`時間外労働の有無に関わらず２０時間分`).
std::optional<uint16_t> ParseFixedOvertimeHours(std::string_view text);

// Returns the wage of `feed`; without a base wage an empty one.
Wage ParseWage(const FeedRecord& feed);

// Whether 固定残業代 is paid: kUnknown when the feed says nothing of it.
Tristate ParseFixedOvertime(const FeedRecord& feed);

}  // namespace kyujin::schema
