#include "server/http/io_loop.h"

#include <exception>
#include <utility>
#include <vector>

#include "server/http/session.h"
#include "server/http/stream_session.h"

namespace kyujin::http {
namespace {

// How late a deadline may be noticed.
constexpr std::chrono::milliseconds kTick{50};

}  // namespace

IoLoop::IoLoop(ServerContext& server)
    : server_(server), io_(1), work_(boost::asio::make_work_guard(io_)), tick_(io_) {}

IoLoop::~IoLoop() = default;

void IoLoop::Start() {
  ScheduleTick();
  thread_ = std::thread([this] { Run(); });
}

void IoLoop::Join() {
  if (thread_.joinable()) {
    thread_.join();
  }
}

void IoLoop::Run() {
  while (true) {
    try {
      io_.run();
      return;
    } catch (const std::exception& exception) {
      // Sessions catch their own; whatever got here must not take the other connections along.
      server_.observer.OnFailure("io loop", exception.what());
    }
  }
}

void IoLoop::AddSession(boost::asio::ip::tcp::socket socket) {
  if (is_draining()) {
    return;
  }
  const uint64_t session_id = next_session_id_++;
  auto session = std::make_shared<Session>(session_id, std::move(socket), *this, server_);
  sessions_.emplace(session_id, session);
  session->Start();
}

void IoLoop::RemoveSession(uint64_t session_id) {
  sessions_.erase(session_id);
  EndWhenDrained();
}

void IoLoop::AddStream(boost::asio::ip::tcp::socket socket, const EventStreamStart& start) {
  if (is_draining()) {
    return;
  }
  const uint64_t stream_id = next_session_id_++;
  const auto stream = std::make_shared<StreamSession>(stream_id, std::move(socket), *this, server_);
  streams_.emplace(stream_id, stream);
  stream->Start(start);
}

void IoLoop::RemoveStream(uint64_t stream_id) {
  streams_.erase(stream_id);
}

void IoLoop::SendToStream(uint64_t stream_id, const std::string& bytes) {
  const auto found = streams_.find(stream_id);
  if (found != streams_.end()) {
    const std::shared_ptr<StreamSession> stream = found->second;
    stream->Send(bytes);
  }
}

void IoLoop::Deliver(uint64_t session_id, HttpResponse response) {
  const auto found = sessions_.find(session_id);
  if (found != sessions_.end()) {
    const std::shared_ptr<Session> session = found->second;
    session->OnHandlerDone(std::move(response));
  }
}

void IoLoop::BeginDrain(Clock::time_point deadline) {
  drain_deadline_ = deadline;
  while (!streams_.empty()) {
    const std::shared_ptr<StreamSession> stream = streams_.begin()->second;
    stream->Close();
  }
  std::vector<std::shared_ptr<Session>> all;
  for (const auto& [id, session] : sessions_) {
    all.push_back(session);
  }
  for (const auto& session : all) {
    session->OnDrain();
  }
  if (Clock::now() >= deadline) {
    CloseAll();
  }
  EndWhenDrained();
}

void IoLoop::ScheduleTick() {
  tick_.expires_after(kTick);
  tick_.async_wait([this](const boost::system::error_code& error) {
    if (!error) {
      Tick();
    }
  });
}

void IoLoop::Tick() {
  if (is_draining() && sessions_.empty()) {
    return;
  }
  // First, so that nothing thrown below can be the last tick. EndWhenDrained() cancels it.
  ScheduleTick();
  const Clock::time_point now = Clock::now();
  if (drain_deadline_ && now >= *drain_deadline_) {
    CloseAll();
  }
  // Closing removes from sessions_, so the late ones are gathered first.
  std::vector<std::shared_ptr<Session>> late;
  for (const auto& [id, session] : sessions_) {
    if (now >= session->deadline()) {
      late.push_back(session);
    }
  }
  for (const auto& session : late) {
    session->OnDeadline();
  }
}

void IoLoop::CloseAll() {
  while (!sessions_.empty()) {
    const std::shared_ptr<Session> session = sessions_.begin()->second;
    session->Close();
  }
}

void IoLoop::EndWhenDrained() {
  if (is_draining() && sessions_.empty()) {
    tick_.cancel();
    work_.reset();
  }
}

}  // namespace kyujin::http
