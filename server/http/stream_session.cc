#include "server/http/stream_session.h"

#include <array>
#include <exception>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "server/http/io_loop.h"

namespace kyujin::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// More than this is given to a client that reads again: it resumes after the last event it has.
constexpr size_t kMaxWaitingBytes = size_t{1} << 20;
// What a buffer may keep when it is empty.
constexpr size_t kKeptBytes = 512;

}  // namespace

// What other threads hold of a stream: never the stream itself, which dies on its loop's thread.
class StreamSession::Handle final : public EventStream {
 public:
  Handle(IoLoop& loop, uint64_t stream_id, std::shared_ptr<std::atomic<bool>> is_open)
      : loop_(loop), stream_id_(stream_id), is_open_(std::move(is_open)) {}

  void Send(std::shared_ptr<const std::string> bytes) override {
    if (is_open()) {
      asio::post(loop_.io(), [&loop = loop_, id = stream_id_, text = std::move(bytes)] {
        loop.SendToStream(id, *text);
      });
    }
  }
  [[nodiscard]] bool is_open() const override { return *is_open_; }

 private:
  IoLoop& loop_;
  const uint64_t stream_id_;
  const std::shared_ptr<std::atomic<bool>> is_open_;
};

StreamSession::StreamSession(uint64_t stream_id,
                             asio::ip::tcp::socket socket,
                             IoLoop& loop,
                             ServerContext& server)
    : stream_id_(stream_id),
      socket_(std::move(socket)),
      loop_(loop),
      server_(server),
      is_open_(std::make_shared<std::atomic<bool>>(true)) {
  ++server_.open_connections;
}

StreamSession::~StreamSession() {
  --server_.open_connections;
}

void StreamSession::Start(const EventStreamStart& start) {
  WatchForEnd();
  try {
    start(std::make_shared<Handle>(loop_, stream_id_, is_open_));
  } catch (const std::exception& exception) {
    server_.observer.OnFailure("event stream", exception.what());
    Close();
  }
}

// Nothing is to come from the client but its end; what comes all the same is dropped.
void StreamSession::WatchForEnd() {
  socket_.async_wait(asio::ip::tcp::socket::wait_read,
                     [self = shared_from_this()](const error_code& wait_error) {
                       error_code error = wait_error;
                       std::array<char, 256> dropped{};
                       if (!error && *self->is_open_) {
                         self->socket_.non_blocking(true, error);
                         self->socket_.read_some(asio::buffer(dropped), error);
                       }
                       if (error && error != asio::error::would_block) {
                         self->Close();
                       } else if (*self->is_open_) {
                         self->WatchForEnd();
                       }
                     });
}

void StreamSession::Send(const std::string& bytes) {
  if (!*is_open_) {
    return;
  }
  if (waiting_.size() + bytes.size() > kMaxWaitingBytes) {
    Close();
    return;
  }
  waiting_ += bytes;
  if (!is_writing_) {
    Write();
  }
}

void StreamSession::Write() {
  is_writing_ = true;
  writing_.swap(waiting_);
  asio::async_write(socket_,
                    asio::buffer(writing_),
                    [self = shared_from_this()](const error_code& error, size_t /*bytes*/) {
                      self->is_writing_ = false;
                      self->writing_.clear();
                      if (self->writing_.capacity() > kKeptBytes) {
                        self->writing_.shrink_to_fit();
                      }
                      if (error) {
                        self->Close();
                      } else if (!self->waiting_.empty() && *self->is_open_) {
                        self->Write();
                      }
                    });
}

void StreamSession::Close() {
  if (!is_open_->exchange(false)) {
    return;
  }
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  loop_.RemoveStream(stream_id_);
}

}  // namespace kyujin::http
