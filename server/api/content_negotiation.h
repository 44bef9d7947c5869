// What a client says about representations: which it takes, which it has, which it sends.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>

#include "server/http/http_message.h"

namespace kyujin::api {

// Whether the Accept header, if any, takes application/json.
bool AcceptsJson(const http::HttpRequest& request);

// Whether the body is declared as application/json (UTF-8, if a charset is named).
bool SendsJson(const http::HttpRequest& request);

// Returns a weak entity tag for what `identity` names: W/"0123456789abcdef".
std::string WeakTag(std::string_view identity);

// Whether If-None-Match names `tag` (compared weakly) or is `*`.
bool HasCurrent(const http::HttpRequest& request, std::string_view tag);

// Returns 304 with the headers that a 200 would carry.
http::HttpResponse NotModified(std::string_view tag, std::string_view cache_control);

// Returns 200 with a JSON body.
http::HttpResponse JsonResponse(std::string body,
                                std::string_view cache_control,
                                std::string_view tag = {});

// Returns 204: done, and nothing to say.
http::HttpResponse NoContent();

// Answers depend on the generation: kept, but asked for again each time.
inline constexpr std::string_view kRevalidate = "no-cache";
inline constexpr std::string_view kNoStore = "no-store";

}  // namespace kyujin::api
