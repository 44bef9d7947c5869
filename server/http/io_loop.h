// IoLoop: one I/O thread with its own io_context and its own sessions. Sessions never change
// loops, so nothing in them needs a lock; a coarse tick, not a timer per session, watches their
// deadlines. Internal to server/http.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/http/http_message.h"
#include "server/http/server_context.h"

namespace kyujin::http {

class Session;
class StreamSession;

// Thread rule: Confined to one thread (its own), but for the methods that say otherwise.
class IoLoop {
 public:
  using Clock = std::chrono::steady_clock;

  explicit IoLoop(ServerContext& server);
  ~IoLoop();
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;
  IoLoop(IoLoop&&) = delete;
  IoLoop& operator=(IoLoop&&) = delete;

  // Any thread: boost::asio::post(loop.io(), …) is the way in.
  [[nodiscard]] boost::asio::io_context& io() { return io_; }
  // Called by the owner of the server.
  void Start();
  // Returns when the loop has drained. Called by the owner of the server.
  void Join();

  void AddSession(boost::asio::ip::tcp::socket socket);
  void RemoveSession(uint64_t session_id);
  // Goes on with the connection of a session as a stream of events.
  void AddStream(boost::asio::ip::tcp::socket socket, const EventStreamStart& start);
  void RemoveStream(uint64_t stream_id);
  void SendToStream(uint64_t stream_id, const std::string& bytes);
  // Hands the answer of a handler to its session, if that still waits for it.
  void Deliver(uint64_t session_id, HttpResponse response);
  // Closes streams, lets sessions finish what they do until `deadline`, then closes them; the loop
  // ends after that.
  void BeginDrain(Clock::time_point deadline);
  [[nodiscard]] bool is_draining() const { return drain_deadline_.has_value(); }

 private:
  void Run();
  void ScheduleTick();
  void Tick();
  void CloseAll();
  void EndWhenDrained();

  ServerContext& server_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer tick_;
  std::unordered_map<uint64_t, std::shared_ptr<Session>> sessions_;
  std::unordered_map<uint64_t, std::shared_ptr<StreamSession>> streams_;
  uint64_t next_session_id_ = 0;
  std::optional<Clock::time_point> drain_deadline_;
  std::thread thread_;
};

}  // namespace kyujin::http
