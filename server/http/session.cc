#include "server/http/session.h"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "server/http/handler_run.h"
#include "server/http/io_loop.h"
#include "server/http/problem.h"
#include "server/http/wire_message.h"

namespace kyujin::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;

constexpr size_t kReadBytes = 4'096;
// A body is read in steps, so that a promised length alone costs no memory.
constexpr size_t kBodyStepBytes = 65'536;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

struct Session::Outgoing {
  Outgoing(WireMessage wire, EventStreamStart stream_start)
      : message(std::move(wire)), stream(std::move(stream_start)) {}

  WireMessage message;
  EventStreamStart stream;  // what goes on after the head, if anything
  beast_http::serializer<false, beast_http::string_body> serializer{message};
};

Session::Session(uint64_t session_id,
                 asio::ip::tcp::socket socket,
                 IoLoop& loop,
                 ServerContext& server)
    : session_id_(session_id),
      socket_(std::move(socket)),
      loop_(loop),
      server_(server),
      scanner_(server.limits) {
  ++server_.open_connections;
}

Session::~Session() {
  --server_.open_connections;
}

void Session::Start() {
  Guarded([this] {
    error_code ignored;
    const auto remote = socket_.remote_endpoint(ignored);
    remote_address_ = remote.address().to_string();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    NextRequest();
  });
}

void Session::EnterPhase(Phase phase, std::chrono::milliseconds timeout) {
  phase_ = phase;
  deadline_ = Clock::now() + timeout;
}

// Last barrier of a connection: nothing thrown in it reaches the other ones.
template <typename Step>
void Session::Guarded(Step step) {
  if (phase_ == Phase::kClosed) {
    return;
  }
  try {
    step();
  } catch (const std::exception& exception) {
    server_.observer.OnFailure("session", exception.what());
    Close();
  }
}

void Session::NextRequest() {
  request_.reset();
  match_.reset();
  checked_ = {};
  minor_version_ = 1;
  body_filled_ = 0;
  scanner_ = HeadScanner(server_.limits);
  if (filled_ == 0) {
    EnterPhase(Phase::kIdle, server_.limits.idle_timeout);
    ReadIntoBuffer();
  } else {
    EnterPhase(Phase::kHead, server_.limits.header_timeout);
    ContinueHead();
  }
}

void Session::ReadIntoBuffer() {
  // The scanner refuses heads long before this could grow without bound.
  buffer_.resize(filled_ + kReadBytes);
  ReadSome(asio::buffer(buffer_.data() + filled_, kReadBytes));
}

void Session::ReadSome(asio::mutable_buffer target) {
  socket_.async_read_some(target,
                          [self = shared_from_this()](const error_code& error, size_t bytes) {
                            self->Guarded([&] { self->OnRead(error, bytes); });
                          });
}

void Session::OnRead(const error_code& error, size_t bytes) {
  if (is_timed_out_) {
    Refuse(408, "The request did not arrive in time.");
    return;
  }
  if (error) {
    Close();
    return;
  }
  switch (phase_) {
    case Phase::kIdle:
      EnterPhase(Phase::kHead, server_.limits.header_timeout);
      [[fallthrough]];
    case Phase::kHead:
      filled_ += bytes;
      ContinueHead();
      break;
    case Phase::kBody:
      body_filled_ += bytes;
      ReadBody();
      break;
    case Phase::kLinger:
      ReadSome(asio::buffer(buffer_));
      break;
    default:
      break;
  }
}

void Session::ContinueHead() {
  const HeadScan scan = scanner_.Scan(std::string_view(buffer_.data(), filled_));
  switch (scan.state) {
    case HeadScan::State::kIncomplete:
      ReadIntoBuffer();
      break;
    case HeadScan::State::kRefused:
      head_read_ = Clock::now();
      Refuse(scan.status, scan.detail);
      break;
    case HeadScan::State::kComplete:
      head_read_ = Clock::now();
      OnHead(scan);
      break;
  }
}

void Session::OnHead(const HeadScan& scan) {
  auto parsed = ParseHead(std::string_view(buffer_.data() + scan.begin, scan.end - scan.begin));
  ConsumeBuffer(scan.end);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
    Refuse(refusal->status, refusal->detail);
    return;
  }
  auto& head = std::get<ParsedHead>(parsed);
  minor_version_ = head.minor_version;
  auto checked = CheckHead(head);
  if (const auto* refusal = std::get_if<Refusal>(&checked)) {
    request_ = std::make_shared<HttpRequest>();
    request_->method = std::move(head.method);
    request_->path = std::move(head.target);
    Refuse(refusal->status, refusal->detail);
    return;
  }
  StartRequest(std::move(head), std::move(std::get<CheckedHead>(checked)));
}

void Session::ConsumeBuffer(size_t bytes) {
  buffer_.erase(0, bytes);
  filled_ -= bytes;
}

void Session::StartRequest(ParsedHead head, CheckedHead checked) {
  ++requests_;
  request_ = std::make_shared<HttpRequest>();
  request_->method = std::move(head.method);
  request_->path = std::move(checked.path);
  request_->query = std::move(checked.query);
  request_->headers = std::move(head.fields);
  request_->remote_address = remote_address_;
  checked_ = std::move(checked);

  auto found = server_.router.Find(request_->method, request_->path);
  if (auto* answer = std::get_if<HttpResponse>(&found)) {
    Finish(std::move(*answer),
           checked_.content_length > 0 ? AfterWrite::kLinger : AfterWrite::kKeepAlive);
    return;
  }
  match_ = std::move(std::get<RouteMatch>(found));
  const size_t max_body =
      match_->route->options.max_body_bytes.value_or(server_.limits.max_body_bytes);
  if (checked_.content_length > max_body) {
    Refuse(413, "The limit is " + std::to_string(max_body) + " bytes.");
    return;
  }
  EnterPhase(Phase::kBody, server_.limits.body_timeout);
  if (checked_.expects_continue && checked_.content_length > 0 && filled_ == 0) {
    Send100Continue();
  } else {
    ReadBody();
  }
}

void Session::Send100Continue() {
  asio::async_write(socket_,
                    asio::buffer(kContinue.data(), kContinue.size()),
                    [self = shared_from_this()](const error_code& error, size_t /*bytes*/) {
                      self->Guarded([&] { self->OnRead(error, 0); });
                    });
}

void Session::ReadBody() {
  std::string& body = request_->body;
  const size_t length = checked_.content_length;
  if (filled_ > 0 && body_filled_ < length) {
    const size_t taken = std::min(filled_, length - body_filled_);
    body.assign(buffer_, 0, taken);
    body_filled_ = taken;
    ConsumeBuffer(taken);
  }
  if (body_filled_ == length) {
    body.resize(length);
    RunRequest();
    return;
  }
  const size_t step = std::min(length - body_filled_, kBodyStepBytes);
  body.resize(body_filled_ + step);
  ReadSome(asio::buffer(body.data() + body_filled_, step));
}

void Session::RunRequest() {
  request_->received = Clock::now();
  const Route& route = *match_->route;
  const auto timeout = route.options.timeout.value_or(server_.limits.handler_timeout);
  if (route.options.run_on == RunOn::kIoThread) {
    const HandlerContext context{HandlerContext::kIoThread, Deadline::After(timeout)};
    Finish(RunHandler(*match_, *request_, context, server_.observer), AfterWrite::kKeepAlive);
    return;
  }
  EnterPhase(Phase::kHandler, timeout + server_.limits.handler_overrun);
  SubmitToPool(timeout);
}

void Session::SubmitToPool(std::chrono::milliseconds timeout) {
  const Deadline deadline = Deadline::After(timeout);
  // The task holds no reference to this session: sessions die on their loop's thread only.
  auto task = [&loop = loop_,
               &server = server_,
               session_id = session_id_,
               request = std::shared_ptr<const HttpRequest>(request_),
               match = *match_,
               deadline](size_t worker_index, TaskFate fate) {
    HttpResponse response =
        fate == TaskFate::kRun
            ? RunHandler(match, *request, {worker_index, deadline}, server.observer)
            : StatusProblem(503, "The server is overloaded or about to stop.");
    response = FinishResponse(*request, std::move(response), server.limits, server.observer);
    asio::post(loop.io(), [&loop, session_id, answer = std::move(response)]() mutable {
      loop.Deliver(session_id, std::move(answer));
    });
  };
  if (!server_.pool.TrySubmit(std::move(task), deadline)) {
    Finish(StatusProblem(503, "The server is overloaded."), AfterWrite::kKeepAlive);
  }
}

void Session::OnHandlerDone(HttpResponse response) {
  Guarded([&] {
    // Anything else: the client was told to come back already.
    if (phase_ == Phase::kHandler) {
      Write(std::move(response), AfterWrite::kKeepAlive);
    }
  });
}

void Session::OnDeadline() {
  Guarded([this] {
    if (phase_ == Phase::kHead || phase_ == Phase::kBody) {
      is_timed_out_ = true;
      deadline_ = Clock::time_point::max();
      socket_.cancel();
    } else if (phase_ == Phase::kHandler) {
      server_.observer.OnFailure(match_->route->pattern, "the handler overran its deadline");
      Finish(StatusProblem(503, "The request took too long."), AfterWrite::kClose);
    } else {
      Close();
    }
  });
}

void Session::OnDrain() {
  Guarded([this] {
    error_code ignored;
    // Bytes that wait in the kernel are a request sent before the client could know.
    if (phase_ == Phase::kIdle && socket_.available(ignored) == 0) {
      Close();
    }
  });
}

void Session::Close() {
  if (phase_ == Phase::kClosed) {
    return;
  }
  phase_ = Phase::kClosed;
  error_code ignored;
  socket_.close(ignored);
  loop_.RemoveSession(session_id_);
}

// Answers a request that cannot be read to its end: where it ends is not certain, so the
// connection cannot be used again.
void Session::Refuse(int status, std::string_view detail) {
  Finish(StatusProblem(status, detail), AfterWrite::kLinger);
}

void Session::Finish(HttpResponse response, AfterWrite after) {
  if (!request_) {
    request_ = std::make_shared<HttpRequest>();
  }
  Write(FinishResponse(*request_, std::move(response), server_.limits, server_.observer), after);
}

void Session::Write(HttpResponse response, AfterWrite after) {
  const bool must_close = !checked_.keeps_alive || loop_.is_draining() ||
                          requests_ >= server_.limits.max_requests_per_connection;
  const bool is_stream = response.stream != nullptr;
  after_write_ = after == AfterWrite::kKeepAlive && (must_close || is_stream)
                     ? (filled_ > 0 && !is_stream ? AfterWrite::kLinger : AfterWrite::kClose)
                     : after;
  const auto connection = after_write_ == AfterWrite::kKeepAlive ? ConnectionAfter::kKeptAlive
                                                                 : ConnectionAfter::kClosed;
  const bool is_head = request_->method == "HEAD";
  EventStreamStart stream = is_head ? nullptr : response.stream;
  outgoing_ = std::make_unique<Outgoing>(
      MakeWireMessage(std::move(response), minor_version_, connection), std::move(stream));
  EnterPhase(Phase::kWrite, server_.limits.write_timeout);
  auto on_written = [self = shared_from_this()](const error_code& error, size_t /*bytes*/) {
    self->Guarded([&] { self->OnWritten(error); });
  };
  if (is_head || is_stream) {
    beast_http::async_write_header(socket_, outgoing_->serializer, std::move(on_written));
  } else {
    beast_http::async_write(socket_, outgoing_->serializer, std::move(on_written));
  }
}

void Session::OnWritten(const error_code& error) {
  Record();
  const EventStreamStart stream = std::move(outgoing_->stream);
  outgoing_.reset();
  if (stream && !error) {
    // The session dies here, with all that reading and answering requests needed.
    phase_ = Phase::kClosed;
    loop_.AddStream(std::move(socket_), stream);
    loop_.RemoveSession(session_id_);
    return;
  }
  if (error || after_write_ == AfterWrite::kClose) {
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    Close();
  } else if (after_write_ == AfterWrite::kLinger) {
    Linger();
  } else {
    NextRequest();
  }
}

void Session::Record() {
  const auto now = Clock::now();
  server_.observer.OnRequest(
      {.remote_address = remote_address_,
       .method = request_->method,
       .path = request_->path,
       .query = request_->query,
       .route_pattern = match_ ? std::string_view(match_->route->pattern) : std::string_view(),
       .status = static_cast<int>(outgoing_->message.result_int()),
       .request_body_bytes = body_filled_,
       .response_body_bytes = outgoing_->message.body().size(),
       .duration = std::chrono::duration_cast<std::chrono::microseconds>(now - head_read_)});
}

// Closing with unread bytes would reset the connection and could destroy the answer on its way.
void Session::Linger() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  is_timed_out_ = false;
  EnterPhase(Phase::kLinger, server_.limits.linger_timeout);
  buffer_.resize(kReadBytes);
  ReadSome(asio::buffer(buffer_));
}

}  // namespace kyujin::http
