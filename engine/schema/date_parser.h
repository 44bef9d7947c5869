// Dates as the feed writes them.
//
// Thread rule: Immutable.
#pragma once

#include <string_view>

#include "engine/base/date.h"
#include "engine/base/result.h"

namespace kyujin::schema {

// Reads `2026/04/28`, `2026-4-28`, `２０２６年４月２８日`, `20260428`, `令和8年4月30日`, `R8.4.30`
// and `令和元年…`. Errors: kInvalidArgument when `text` is no such day, or one outside the range of
// Date.
Result<Date> ParseFeedDate(std::string_view text);

}  // namespace kyujin::schema
