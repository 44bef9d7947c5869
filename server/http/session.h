// Session: one connection. Reads one request at a time (head, checks, route, body), has it
// answered, writes, starts over; each phase has one absolute deadline. Internal to server/http.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/http/head_scanner.h"
#include "server/http/http_message.h"
#include "server/http/request_head.h"
#include "server/http/router.h"
#include "server/http/server_context.h"

namespace kyujin::http {

class IoLoop;

// Thread rule: Confined to one thread, that of its loop.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  using Clock = std::chrono::steady_clock;

  Session(uint64_t session_id,
          boost::asio::ip::tcp::socket socket,
          IoLoop& loop,
          ServerContext& server);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Session(Session&&) = delete;
  Session& operator=(Session&&) = delete;

  void Start();
  // When OnDeadline() must be called.
  [[nodiscard]] Clock::time_point deadline() const { return deadline_; }
  void OnDeadline();
  void OnHandlerDone(HttpResponse response);
  // The server stops: closes when nothing is under way, else after the answer.
  void OnDrain();
  // Closes the socket and leaves the loop. Idempotent.
  void Close();

 private:
  enum class Phase { kIdle, kHead, kBody, kHandler, kWrite, kLinger, kClosed };
  enum class AfterWrite { kKeepAlive, kClose, kLinger };
  struct Outgoing;

  void EnterPhase(Phase phase, std::chrono::milliseconds timeout);
  template <typename Step>
  void Guarded(Step step);

  void NextRequest();
  void ContinueHead();
  void OnHead(const HeadScan& scan);
  void StartRequest(ParsedHead head, CheckedHead checked);
  void ReadBody();
  void Send100Continue();
  void RunRequest();
  void SubmitToPool(std::chrono::milliseconds timeout);

  void ReadIntoBuffer();
  void ReadSome(boost::asio::mutable_buffer target);
  void OnRead(const boost::system::error_code& error, size_t bytes);
  void ConsumeBuffer(size_t bytes);

  void Refuse(int status, std::string_view detail);
  void Finish(HttpResponse response, AfterWrite after);
  void Write(HttpResponse response, AfterWrite after);
  void OnWritten(const boost::system::error_code& error);
  void Record();
  void Linger();

  const uint64_t session_id_;
  boost::asio::ip::tcp::socket socket_;
  IoLoop& loop_;
  ServerContext& server_;
  std::string remote_address_;

  Phase phase_ = Phase::kIdle;
  Clock::time_point deadline_;
  bool is_timed_out_ = false;
  size_t requests_ = 0;

  std::string buffer_;  // the first filled_ bytes have been read
  size_t filled_ = 0;
  HeadScanner scanner_;

  // The request under way. Workers hold it too once it runs; it is not changed from then on.
  std::shared_ptr<HttpRequest> request_;
  std::optional<RouteMatch> match_;
  CheckedHead checked_;
  unsigned minor_version_ = 1;
  size_t body_filled_ = 0;
  Clock::time_point head_read_;

  std::unique_ptr<Outgoing> outgoing_;
  AfterWrite after_write_ = AfterWrite::kClose;
};

}  // namespace kyujin::http
