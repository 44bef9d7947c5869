#include "tests/testing/http_client.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "tests/testing/loopback.h"

namespace kyujin::test {
namespace {

// A server that never answers fails the test instead of hanging it.
constexpr timeval kTimeout{.tv_sec = 60, .tv_usec = 0};

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

HttpReply ParseHead(std::string_view head) {
  HttpReply reply;
  constexpr size_t kStatusAt = 9;  // "HTTP/1.1 "
  if (!head.starts_with("HTTP/1.") || head.size() < kStatusAt + 3) {
    return reply;
  }
  reply.status = std::atoi(std::string(head.substr(kStatusAt, 3)).c_str());
  size_t line = head.find("\r\n");
  while (line != std::string_view::npos && line + 2 < head.size()) {
    const size_t end = head.find("\r\n", line + 2);
    const std::string_view field = head.substr(line + 2, end - line - 2);
    if (const size_t colon = field.find(':'); colon != std::string_view::npos) {
      std::string_view value = field.substr(colon + 1);
      value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
      reply.headers[LowerCase(field.substr(0, colon))] = value;
    }
    line = end;
  }
  return reply;
}

}  // namespace

HttpClient::~HttpClient() {
  Close();
}

bool HttpClient::Connect() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kTimeout, sizeof(kTimeout));
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const sockaddr_in address = LoopbackAddress(port_);
  return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

void HttpClient::Close() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
  socket_ = -1;
  rest_.clear();
}

bool HttpClient::SendAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool HttpClient::Fill() {
  std::array<char, 65'536> chunk{};
  const ssize_t received = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (received > 0) {
    rest_.append(chunk.data(), static_cast<size_t>(received));
  }
  return received > 0;
}

HttpReply HttpClient::ReadReply(bool has_body) {
  size_t end = rest_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!Fill()) {
      return {};
    }
    end = rest_.find("\r\n\r\n");
  }
  HttpReply reply = ParseHead(std::string_view(rest_).substr(0, end + 2));
  rest_.erase(0, end + 4);
  const auto length = reply.headers.find("content-length");
  constexpr int kNoContent = 204;
  constexpr int kNotModified = 304;
  if (!has_body || reply.status == kNoContent || reply.status == kNotModified ||
      length == reply.headers.end()) {
    return reply;
  }
  const size_t size = std::stoul(length->second);
  while (rest_.size() < size) {
    if (!Fill()) {
      return {};
    }
  }
  reply.body = rest_.substr(0, size);
  rest_.erase(0, size);
  return reply;
}

HttpReply HttpClient::Send(std::string_view method,
                           std::string_view target,
                           const HttpHeaders& headers,
                           std::string_view body) {
  if (socket_ < 0 && !Connect()) {
    Close();
    return {};
  }
  std::string request;
  request.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : headers) {
    request.append(name).append(": ").append(value).append("\r\n");
  }
  if (!body.empty()) {
    request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  request.append("\r\n").append(body);
  HttpReply reply = SendAll(request) ? ReadReply(method != "HEAD") : HttpReply();
  const auto connection = reply.headers.find("connection");
  if (reply.status == 0 || (connection != reply.headers.end() && connection->second == "close")) {
    Close();
  }
  return reply;
}

std::string UrlEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~";
  std::string encoded;
  for (const char c : text) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_word || kPlain.find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded.push_back('%');
      encoded.push_back(kHex[byte >> 4U]);
      encoded.push_back(kHex[byte & 15U]);
    }
  }
  return encoded;
}

}  // namespace kyujin::test
