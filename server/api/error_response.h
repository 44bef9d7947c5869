// From errors of the engine to HTTP: the only place that maps them. Texts of kInternal and
// kCorruption are for logs and never reach a client.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/query/parameter_error.h"
#include "server/http/http_message.h"
#include "server/http/http_observer.h"
#include "server/http/url.h"

namespace kyujin::api {

// Returns the HTTP status of `code`.
int HttpStatus(ErrorCode code);

http::HttpResponse ErrorResponse(const Error& error);

// The answer to a valid request that could not be served: only running out of time is something a
// client should hear of. A file that is missing or broken is our fault, whatever it is called
// further down: the observer is told, the client gets a 500.
http::HttpResponse ReadFailure(const Error& error,
                               std::string_view where,
                               http::HttpObserver* observer);

// The answer to a call whose people's data could not be read or written. What is missing is a 404;
// texts of the database go to the observer, never to a client.
http::HttpResponse StoreFailure(const Error& error,
                                std::string_view where,
                                http::HttpObserver* observer);

// The 503 before the first generation is loaded.
http::HttpResponse NoGeneration();

// 400 when any error is one of form, else 422, with all of them as `errors`. Requires: not empty.
http::HttpResponse ParameterProblem(const std::vector<query::ParameterError>& errors);

// For calls that take no parameters at all: the 400 that names those in `raw_query`, or nothing.
std::optional<http::HttpResponse> RefuseParameters(std::string_view raw_query);

}  // namespace kyujin::api
