#include "tests/testing/event_stream_client.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tests/testing/loopback.h"

namespace kyujin::test {
namespace {

constexpr timeval kLook{.tv_sec = 0, .tv_usec = 20'000};
// Events arrive in many pieces, of which the last is often cut off.
constexpr int kReceiveBytes = 4'096;
constexpr size_t kChunkBytes = 512;

// The text after `name: ` of that line of an event, or nothing.
std::string FieldOf(std::string_view block, std::string_view name) {
  for (size_t line = 0; line < block.size();) {
    const size_t end = std::min(block.find('\n', line), block.size());
    const std::string_view text = block.substr(line, end - line);
    if (text.starts_with(name) && text.substr(name.size()).starts_with(": ")) {
      return std::string(text.substr(name.size() + 2));
    }
    line = end + 1;
  }
  return {};
}

}  // namespace

void EventStreamClient::Close() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
  socket_ = -1;
  rest_.clear();
}

bool EventStreamClient::Fill() {
  std::array<char, kChunkBytes> chunk{};
  const ssize_t received = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (received > 0) {
    rest_.append(chunk.data(), static_cast<size_t>(received));
  } else if (received == 0 || (errno != EAGAIN && errno != EINTR)) {
    Close();
  }
  return received > 0;
}

std::string EventStreamClient::TakeBlock(std::string_view end) {
  const size_t found = rest_.find(end);
  if (found == std::string::npos) {
    return {};
  }
  std::string block = rest_.substr(0, found + end.size());
  rest_.erase(0, block.size());
  return block;
}

bool EventStreamClient::Open(uint16_t port, std::string_view target, const HttpHeaders& headers) {
  Close();
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kLook, sizeof(kLook));
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &kReceiveBytes, sizeof(kReceiveBytes));
  const sockaddr_in address = LoopbackAddress(port);
  std::string request("GET ");
  request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : headers) {
    request.append(name).append(": ").append(value).append("\r\n");
  }
  request += "\r\n";
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
          static_cast<ssize_t>(request.size())) {
    Close();
    return false;
  }
  std::string head;
  while (is_open() && head.empty()) {
    Fill();
    head = TakeBlock("\r\n\r\n");
  }
  if (!head.starts_with("HTTP/1.1 200 ")) {
    Close();
  }
  return is_open();
}

std::optional<ServerEvent> EventStreamClient::Next() {
  for (;;) {
    const std::string block = TakeBlock("\n\n");
    if (block.empty()) {
      if (!is_open() || !Fill()) {
        return std::nullopt;
      }
      continue;
    }
    ServerEvent event{FieldOf(block, "id"), FieldOf(block, "data")};
    if (!event.data.empty()) {
      return event;
    }
  }
}

}  // namespace kyujin::test
