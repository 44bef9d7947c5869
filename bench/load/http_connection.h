// HttpConnection: one keep-alive connection to a server on this machine, as plain as can be, so
// that the client costs little beside the server it measures.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::load {

struct HttpReply {
  int status = 0;
  std::string body;
};

// Confined to one thread.
class HttpConnection {
 public:
  // `authority` is host:port. Errors: kInvalidArgument when it is not, kUnavailable when nobody
  // answers there.
  static Result<std::unique_ptr<HttpConnection>> Open(std::string_view authority);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  HttpConnection(HttpConnection&&) = delete;
  HttpConnection& operator=(HttpConnection&&) = delete;

  // Sends GET `target` and reads the whole answer. Errors: kUnavailable when the connection breaks.
  Result<HttpReply> Get(std::string_view target);

 private:
  HttpConnection(int socket, std::string authority)
      : socket_(socket), authority_(std::move(authority)) {}
  Status Send(std::string_view bytes) const;
  // Reads until `buffer_` holds at least `bytes`.
  Status Fill(size_t bytes);

  int socket_;
  std::string authority_;
  std::string buffer_;  // received and not yet consumed
};

}  // namespace kyujin::load
