// HttpClient: a plain HTTP/1.1 client for tests: one connection, kept alive, bodies by
// Content-Length.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kyujin::test {

using HttpHeaders = std::map<std::string, std::string>;

struct HttpReply {
  int status = 0;       // 0: no answer
  HttpHeaders headers;  // names in lower case
  std::string body;
};

// Confined to one thread.
class HttpClient {
 public:
  explicit HttpClient(uint16_t port) : port_(port) {}
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  HttpClient(HttpClient&&) = delete;
  HttpClient& operator=(HttpClient&&) = delete;

  // Connects when there is no connection, sends and reads one answer. Never repeats a request: a
  // connection that breaks is status 0.
  HttpReply Send(std::string_view method,
                 std::string_view target,
                 const HttpHeaders& headers = {},
                 std::string_view body = {});
  HttpReply Get(std::string_view target) { return Send("GET", target); }

 private:
  bool Connect();
  void Close();
  bool SendAll(std::string_view bytes);
  bool Fill();
  HttpReply ReadReply(bool has_body);

  uint16_t port_;
  int socket_ = -1;
  std::string rest_;  // received, not used yet
};

// Percent-encodes everything but letters, digits and -._~ for a query string.
std::string UrlEncode(std::string_view text);

}  // namespace kyujin::test
