// EventStreamClient: reads server-sent events from one connection, as a browser does: what was cut
// off in the middle is no event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/testing/http_client.h"

namespace kyujin::test {

struct ServerEvent {
  std::string id;
  std::string data;
};

// Confined to one thread.
class EventStreamClient {
 public:
  EventStreamClient() = default;
  ~EventStreamClient() { Close(); }
  EventStreamClient(const EventStreamClient&) = delete;
  EventStreamClient& operator=(const EventStreamClient&) = delete;
  EventStreamClient(EventStreamClient&&) = delete;
  EventStreamClient& operator=(EventStreamClient&&) = delete;

  // Leaves what was open before. Returns whether the server began to stream.
  bool Open(uint16_t port, std::string_view target, const HttpHeaders& headers);
  void Close();
  [[nodiscard]] bool is_open() const { return socket_ >= 0; }

  // Returns the next event; nothing when none came within some milliseconds, or when the connection
  // ended, which is closed then. Comments are skipped.
  std::optional<ServerEvent> Next();

 private:
  // Takes what ends with an empty line out of `rest_`; empty: there is no such thing.
  std::string TakeBlock(std::string_view end);
  bool Fill();

  int socket_ = -1;
  std::string rest_;  // received, not used yet
};

}  // namespace kyujin::test
