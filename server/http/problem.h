// Problem: the one shape of every error answer, RFC 9457 application/problem+json.
//
// Thread rule: Immutable.
#pragma once

#include <string_view>

#include "server/http/http_message.h"

namespace kyujin::http {

// Problem types are references relative to the server: "/problems/" + slug.
inline constexpr std::string_view kProblemTypePrefix = "/problems/";

// Returns {type, title, status, detail} and, unless empty, "errors": `errors_json`, which must be
// one valid JSON value. `title` is for people (Japanese), `detail` for the caller's programmer; an
// empty detail is left out. The answer is marked as not to be stored by caches.
[[nodiscard]] HttpResponse Problem(int status,
                                   std::string_view type_slug,
                                   std::string_view title,
                                   std::string_view detail,
                                   std::string_view errors_json = {});

// Returns the Problem with the usual slug and title of `status` (400 to 599), and with
// Retry-After: 1 for 429 and 503.
[[nodiscard]] HttpResponse StatusProblem(int status, std::string_view detail);

}  // namespace kyujin::http
