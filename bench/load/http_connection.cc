#include "bench/load/http_connection.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace kyujin::load {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kContentLength = "content-length:";

// The value of Content-Length in a lower-cased head, or 0.
size_t ContentLength(std::string_view head) {
  const size_t at = head.find(kContentLength);
  if (at == std::string_view::npos) {
    return 0;
  }
  const char* begin = head.data() + at + kContentLength.size();
  const char* end = head.data() + head.size();
  begin = std::find_if(begin, end, [](char c) { return c != ' '; });
  size_t length = 0;
  std::from_chars(begin, end, length);
  return length;
}

}  // namespace

Result<std::unique_ptr<HttpConnection>> HttpConnection::Open(std::string_view authority) {
  const size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) {
    return InvalidArgument("not host:port: " + std::string(authority));
  }
  const std::string host(authority.substr(0, colon));
  const std::string port(authority.substr(colon + 1));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) {
    return InvalidArgument("no such address: " + std::string(authority));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, &::freeaddrinfo);
  const int descriptor = ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0 || ::connect(descriptor, address->ai_addr, address->ai_addrlen) != 0) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
    return Unavailable("cannot connect to " + std::string(authority));
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return std::unique_ptr<HttpConnection>(new HttpConnection(descriptor, std::string(authority)));
}

HttpConnection::~HttpConnection() {
  ::close(socket_);
}

Status HttpConnection::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return Unavailable("the server closed the connection");
    }
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return {};
}

Status HttpConnection::Fill(size_t bytes) {
  std::array<char, 65536> block{};
  while (buffer_.size() < bytes) {
    const ssize_t received = ::recv(socket_, block.data(), block.size(), 0);
    if (received <= 0) {
      return Unavailable("the server closed the connection");
    }
    buffer_.append(block.data(), static_cast<size_t>(received));
  }
  return {};
}

Result<HttpReply> HttpConnection::Get(std::string_view target) {
  std::string request = "GET ";
  request.append(target).append(" HTTP/1.1\r\nHost: ").append(authority_).append(kHeadEnd);
  KYUJIN_RETURN_IF_ERROR(Send(request));
  size_t head_end = buffer_.find(kHeadEnd);
  while (head_end == std::string::npos) {
    KYUJIN_RETURN_IF_ERROR(Fill(buffer_.size() + 1));
    head_end = buffer_.find(kHeadEnd);
  }
  std::string head = buffer_.substr(0, head_end);
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  HttpReply reply;
  constexpr size_t kStatusAt = 9;  // after "HTTP/1.1 "
  std::from_chars(
      head.data() + std::min(kStatusAt, head.size()), head.data() + head.size(), reply.status);
  const size_t body_at = head_end + kHeadEnd.size();
  const size_t length = ContentLength(head);
  KYUJIN_RETURN_IF_ERROR(Fill(body_at + length));
  reply.body = buffer_.substr(body_at, length);
  buffer_.erase(0, body_at + length);
  return reply;
}

}  // namespace kyujin::load
