// RawClient: a plain TCP client for tests that must say exactly which bytes go over the wire.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/testing/loopback.h"

namespace kyujin::http {

// Thread rule: Confined to one thread.
class RawClient {
 public:
  explicit RawClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    // A server that never answers fails the test instead of hanging it.
    const timeval timeout{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
    const sockaddr_in address = test::LoopbackAddress(port);
    is_connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~RawClient() { Close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient(RawClient&&) = delete;
  RawClient& operator=(RawClient&&) = delete;

  [[nodiscard]] bool is_connected() const { return is_connected_; }

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return;
      }
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }

  void SendBytewise(std::string_view bytes) {
    for (const char& byte : bytes) {
      Send(std::string_view(&byte, 1));
    }
  }

  void FinishSending() { ::shutdown(socket_, SHUT_WR); }

  // Closes with a reset instead of a farewell.
  void Abort() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    Close();
  }

  void Close() {
    if (socket_ >= 0) {
      ::close(socket_);
      socket_ = -1;
    }
  }

  // Reads one head, its empty line included.
  std::string ReadHead() { return ReadUntil("\r\n\r\n"); }

  // Reads one response with the body that its Content-Length announces.
  std::string ReadResponse() {
    const std::string head = ReadHead();
    const size_t at = head.find("Content-Length: ");
    const size_t length =
        at == std::string::npos ? 0 : static_cast<size_t>(std::atol(head.c_str() + at + 16));
    while (rest_.size() < length && Fill()) {
    }
    const std::string body = rest_.substr(0, length);
    rest_.erase(0, length);
    return head + body;
  }

  // Reads until the server closes.
  std::string ReadToEnd() {
    while (Fill()) {
    }
    return std::move(rest_);
  }

  // Says whether the server has closed, with nothing left to read.
  bool IsAtEnd() { return rest_.empty() && !Fill() && was_closed_; }

 private:
  std::string ReadUntil(std::string_view mark) {
    size_t at = rest_.find(mark);
    while (at == std::string::npos && Fill()) {
      at = rest_.find(mark);
    }
    const size_t end = at == std::string::npos ? rest_.size() : at + mark.size();
    std::string head = rest_.substr(0, end);
    rest_.erase(0, end);
    return head;
  }

  bool Fill() {
    std::array<char, 16'384> chunk{};
    const ssize_t received = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (received > 0) {
      rest_.append(chunk.data(), static_cast<size_t>(received));
    }
    was_closed_ = received == 0 || (received < 0 && errno == ECONNRESET);
    return received > 0;
  }

  int socket_;
  bool is_connected_ = false;
  bool was_closed_ = false;
  std::string rest_;
};

// Returns the status of a response, or 0.
inline int StatusOf(std::string_view response) {
  return response.starts_with("HTTP/1.") && response.size() > 12
             ? std::atoi(std::string(response.substr(9, 3)).c_str())
             : 0;
}

// Returns what follows the head.
inline std::string BodyOf(std::string_view response) {
  const size_t end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? "" : std::string(response.substr(end + 4));
}

}  // namespace kyujin::http
