// Decoding of what stands in a request target: query strings and path segments. Strict, because
// everything behind it trusts the text: escapes are well-formed, the result is UTF-8 without NUL.
//
// Thread rule: Immutable.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::http {

inline constexpr size_t kMaxQueryPairs = 2'000;

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

// Parses `name=value&name=value` in the order given; repeated names stay. '+' is a space, %2B a
// plus. A name without '=' has an empty value; empty pieces (`a=1&&b=2`) are skipped.
// Errors: kInvalidArgument, with the byte offset in `raw`, for a bad escape, text that is not
// UTF-8, NUL, a value without a name, more than kMaxQueryPairs pairs.
[[nodiscard]] Result<QueryPairs> ParseQuery(std::string_view raw);

// Decodes one path segment, once; '+' stays a plus. Errors: kInvalidArgument as ParseQuery.
[[nodiscard]] Result<std::string> DecodePathSegment(std::string_view raw);

// Says whether `text` is well-formed UTF-8: no overlong forms, no surrogates, nothing above
// U+10FFFF.
[[nodiscard]] bool IsValidUtf8(std::string_view text);

}  // namespace kyujin::http
