#include "server/app/server_log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

#include "engine/base/json.h"
#include "server/store/token_text.h"

namespace kyujin::app {
namespace {

constexpr size_t kQueuedLines = 8'192;
constexpr int kFirstServerError = 500;

// The members of one line after time and level, without the outer braces.
std::string Members(std::string_view event, const ServerLog::Fields& fields) {
  JsonWriter json;
  json.StartObject();
  json.Member("event", event);
  for (const auto& [name, value] : fields) {
    json.Member(name, store::WithoutTokens(value));
  }
  json.EndObject();
  const std::string_view text = json.view();
  return std::string(text.substr(1, text.size() - 2));
}

}  // namespace

ServerLog::ServerLog(bool logs_requests)
    : logs_requests_(logs_requests),
      pool_(std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1)),
      logger_(
          std::make_shared<spdlog::async_logger>("kyujin-server",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                                 pool_,
                                                 spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})");
}

ServerLog::~ServerLog() {
  logger_->flush();
}

void ServerLog::Info(std::string_view event, const Fields& fields) {
  logger_->info("{}", Members(event, fields));
}

void ServerLog::Warn(std::string_view event, const Fields& fields) {
  logger_->warn("{}", Members(event, fields));
}

void ServerLog::OnRequest(const http::RequestRecord& record) {
  if (!logs_requests_ && record.status < kFirstServerError) {
    return;
  }
  const std::string status = std::to_string(record.status);
  const std::string duration = std::to_string(record.duration.count());
  const std::string bytes = std::to_string(record.response_body_bytes);
  Info("request",
       {{"method", record.method},
        {"route", record.route_pattern},
        {"path", record.path},
        {"query", record.query},
        {"status", status},
        {"dur_us", duration},
        {"bytes", bytes},
        {"client", record.remote_address}});
}

void ServerLog::OnFailure(std::string_view where, std::string_view what) {
  logger_->error("{}", Members("failure", {{"where", where}, {"what", what}}));
}

}  // namespace kyujin::app
