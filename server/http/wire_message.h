// WireMessage: an HttpResponse as Beast serialises it. Internal to server/http.
//
// Thread rule: Immutable.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/http/http_message.h"

namespace kyujin::http {

using WireMessage = boost::beast::http::response<boost::beast::http::string_body>;

enum class ConnectionAfter { kKeptAlive, kClosed };

// Adds Date, Connection and, unless the status forbids it, Content-Length. The version is the
// request's: HTTP/1.`minor_version`. Requires: FinishResponse has seen the response.
[[nodiscard]] WireMessage MakeWireMessage(HttpResponse response,
                                          unsigned minor_version,
                                          ConnectionAfter connection);

}  // namespace kyujin::http
