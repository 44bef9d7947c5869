// EventStream: an answer that goes on (server-sent events): after its head the connection belongs
// to the stream, and what the request took is given back. A handler sets HttpResponse::stream;
// whoever has the events keeps the EventStream and sends.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace kyujin::http {

// Thread rule: **Thread-safe.** Must not be used after the server is gone.
class EventStream {
 public:
  EventStream() = default;
  virtual ~EventStream() = default;
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;
  EventStream(EventStream&&) = delete;
  EventStream& operator=(EventStream&&) = delete;

  // Sends `bytes` after those before. A client that does not read is closed once too much waits for
  // it. Nothing happens when the connection is closed.
  virtual void Send(std::shared_ptr<const std::string> bytes) = 0;
  // Once false, it stays so.
  [[nodiscard]] virtual bool is_open() const = 0;
};

// Given the stream once its head has been written; called on an I/O thread, so it must not block.
using EventStreamStart = std::function<void(std::shared_ptr<EventStream>)>;

}  // namespace kyujin::http
