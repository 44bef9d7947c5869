// StreamSession: one connection that only receives events any more. It holds the socket and what
// waits to be written, nothing else: there may be ten thousand of them. Internal to server/http.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "server/http/event_stream.h"
#include "server/http/server_context.h"

namespace kyujin::http {

class IoLoop;

// Thread rule: Confined to one thread, that of its loop.
class StreamSession final : public std::enable_shared_from_this<StreamSession> {
 public:
  StreamSession(uint64_t stream_id,
                boost::asio::ip::tcp::socket socket,
                IoLoop& loop,
                ServerContext& server);
  ~StreamSession();
  StreamSession(const StreamSession&) = delete;
  StreamSession& operator=(const StreamSession&) = delete;
  StreamSession(StreamSession&&) = delete;
  StreamSession& operator=(StreamSession&&) = delete;

  // Hands the stream to `start` and watches for the client to leave.
  void Start(const EventStreamStart& start);
  void Send(const std::string& bytes);
  // Closes the socket and leaves the loop. Idempotent.
  void Close();

 private:
  class Handle;

  void WatchForEnd();
  void Write();

  const uint64_t stream_id_;
  boost::asio::ip::tcp::socket socket_;
  IoLoop& loop_;
  ServerContext& server_;
  std::shared_ptr<std::atomic<bool>> is_open_;
  bool is_writing_ = false;
  std::string waiting_;
  std::string writing_;
};

}  // namespace kyujin::http
