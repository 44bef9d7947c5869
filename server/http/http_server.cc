#include "server/http/http_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "server/http/io_loop.h"
#include "server/http/listener.h"
#include "server/http/server_context.h"

namespace kyujin::http {
namespace {

// Descriptors that are kept for index files, stores and logs.
constexpr size_t kReservedDescriptors = 256;

HttpLimits Effective(HttpLimits limits) {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0 &&
      descriptors.rlim_cur > 2 * kReservedDescriptors) {
    limits.max_connections =
        std::min<size_t>(limits.max_connections, descriptors.rlim_cur - kReservedDescriptors);
  }
  if (limits.worker_threads == 0) {
    limits.worker_threads = std::max<size_t>(1, std::thread::hardware_concurrency());
  }
  limits.io_threads = std::max<size_t>(1, limits.io_threads);
  return limits;
}

}  // namespace

struct HttpServer::Impl {
  Impl(Router router, const HttpLimits& limits, HttpObserver& observer)
      : server{.router = std::move(router),
               .limits = limits,
               .observer = observer,
               .pool = WorkerPool({.threads = limits.worker_threads,
                                   .max_queued = limits.max_queued_requests,
                                   .wait_exempt = limits.queue_wait_exempt,
                                   .max_wait = limits.max_queue_wait})} {
    for (size_t i = 0; i < limits.io_threads; ++i) {
      loops.push_back(std::make_unique<IoLoop>(server));
    }
    listener = std::make_unique<Listener>(loops, server);
  }

  ServerContext server;
  std::vector<std::unique_ptr<IoLoop>> loops;
  std::unique_ptr<Listener> listener;
  bool is_started = false;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
  try {
    Stop(std::chrono::milliseconds(0));
  } catch (const std::exception& exception) {
    impl_->server.observer.OnFailure("stop", exception.what());
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::Listen(std::string_view address,
                                                       Router router,
                                                       const HttpLimits& limits,
                                                       HttpObserver& observer) {
  auto impl = std::make_unique<Impl>(std::move(router), Effective(limits), observer);
  KYUJIN_RETURN_IF_ERROR(impl->listener->Open(address));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

uint16_t HttpServer::port() const {
  return impl_->listener->endpoint().port();
}

std::string HttpServer::address() const {
  std::ostringstream text;
  text << impl_->listener->endpoint();
  return text.str();
}

size_t HttpServer::worker_count() const {
  return impl_->server.pool.threads();
}

void HttpServer::Start() {
  KYUJIN_CHECK(!impl_->is_started);
  impl_->is_started = true;
  boost::asio::post(impl_->loops[0]->io(),
                    [listener = impl_->listener.get()] { listener->Start(); });
  for (const auto& loop : impl_->loops) {
    loop->Start();
  }
}

void HttpServer::Stop(std::chrono::milliseconds grace) {
  const auto deadline = IoLoop::Clock::now() + grace;
  if (impl_->is_started) {
    boost::asio::post(impl_->loops[0]->io(), [impl = impl_.get(), deadline] {
      impl->listener->Close();
      for (const auto& loop : impl->loops) {
        boost::asio::post(loop->io(),
                          [drained = loop.get(), deadline] { drained->BeginDrain(deadline); });
      }
    });
    for (const auto& loop : impl_->loops) {
      loop->Join();
    }
  }
  // After the loops: running handlers post their answers to them.
  impl_->server.pool.Stop();
}

}  // namespace kyujin::http
