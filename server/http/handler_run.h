// RunHandler and FinishResponse: from a checked request to the answer as it goes on the wire, short
// of the socket. Runs on a worker (or an I/O thread for RunOn::kIoThread).
//
// Thread rule: Thread-safe.
#pragma once

#include <chrono>
#include <string>

#include "server/http/http_limits.h"
#include "server/http/http_message.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::http {

// Calls the route's handler; what it throws becomes a 500 and goes to `observer`.
[[nodiscard]] HttpResponse RunHandler(const RouteMatch& match,
                                      const HttpRequest& request,
                                      const HandlerContext& context,
                                      HttpObserver& observer);

// Negotiates the content coding (gzip, or 406), drops bodies that 204 and 304 must not have, adds
// Vary and X-Content-Type-Options. A header that would break the message becomes a 500. Never
// throws.
[[nodiscard]] HttpResponse FinishResponse(const HttpRequest& request,
                                          HttpResponse response,
                                          const HttpLimits& limits,
                                          HttpObserver& observer);

// Returns `time` as HTTP's Date, e.g. "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::string FormatHttpDate(std::chrono::system_clock::time_point time);

}  // namespace kyujin::http
