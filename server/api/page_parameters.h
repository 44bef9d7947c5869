// What calls that read a list from a place on take: `since` and `limit`.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/http_message.h"

namespace kyujin::api {

// Reads `limit`, a number from 1 to `max_limit`, and hands `since` to `take_since`, which returns
// what is wrong with it, or nothing. An empty value is as none. Returns the refusal: 400 that names
// unknown parameters, wrong values and what is given twice; or nothing, and `*limit` is set if it
// was given.
std::optional<http::HttpResponse> ReadPageParameters(
    std::string_view raw_query,
    size_t max_limit,
    const std::function<std::string(const std::string&)>& take_since,
    size_t* limit);

}  // namespace kyujin::api
