#include "server/http/wire_message.h"

#include <chrono>
#include <utility>

#include "server/http/handler_run.h"

namespace kyujin::http {

WireMessage MakeWireMessage(HttpResponse response,
                            unsigned minor_version,
                            ConnectionAfter connection) {
  namespace beast_http = boost::beast::http;
  WireMessage message;
  message.version(10 + minor_version);
  message.result(static_cast<unsigned>(response.status));
  for (const HeaderField& field : response.headers) {
    message.insert(field.first, field.second);
  }
  message.set(beast_http::field::date, FormatHttpDate(std::chrono::system_clock::now()));
  if (!response.content_type.empty()) {
    message.set(beast_http::field::content_type, response.content_type);
  }
  message.erase(beast_http::field::transfer_encoding);
  message.erase(beast_http::field::content_length);
  if (response.status != 204 && response.status != 304 && !response.stream) {
    message.content_length(response.body.size());
  }
  message.keep_alive(connection == ConnectionAfter::kKeptAlive);
  if (connection == ConnectionAfter::kClosed) {
    // Beast leaves it out for HTTP/1.0, where it is the rule; said aloud it helps everyone.
    message.set(beast_http::field::connection, "close");
  }
  message.body() = std::move(response.body);
  return message;
}

}  // namespace kyujin::http
