// ServerLog: what happened, one JSON object per line on stderr, written by a thread of its own so
// that no request waits for it. Implements the observer of server/http.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/http_observer.h"

namespace spdlog {
class logger;
}
namespace spdlog::details {
class thread_pool;
}

namespace kyujin::app {

// Thread rule: **Thread-safe.** Lines beyond what its queue holds push out the oldest.
class ServerLog final : public http::HttpObserver {
 public:
  using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

  // `logs_requests`: every request, else only those that failed here (5xx).
  explicit ServerLog(bool logs_requests);
  // Writes what is queued.
  ~ServerLog() override;
  ServerLog(const ServerLog&) = delete;
  ServerLog& operator=(const ServerLog&) = delete;
  ServerLog(ServerLog&&) = delete;
  ServerLog& operator=(ServerLog&&) = delete;

  void Info(std::string_view event, const Fields& fields = {});
  void Warn(std::string_view event, const Fields& fields = {});

  void OnRequest(const http::RequestRecord& record) override;
  void OnFailure(std::string_view where, std::string_view what) override;

 private:
  const bool logs_requests_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace kyujin::app
