#include "server/app/server_config.h"

#include <CLI/CLI.hpp>

#include "server/store/open_store.h"

namespace kyujin::app {
namespace {

constexpr ExitStatus kWrongUsage = 2;
constexpr size_t kMaxWorkerThreads = 1'024;
constexpr uint32_t kMaxPerUser = 100'000;
constexpr uint32_t kMaxAuditDays = 36'500;

// Says in CLI11's way whether `text` is a date: an empty string, or what is wrong.
std::string CheckDate(const std::string& text) {
  const Result<Date> date = Date::Parse(text);
  return date.has_value() ? std::string() : "not a date such as 2026-11-22: " + text;
}

}  // namespace

std::variant<ServerConfig, ExitStatus> ParseCommandLine(int argc, const char* const* argv) {
  ServerConfig config;
  std::string index;
  std::string today;
  CLI::App app{"Serves searches over an index of job postings.", "kyujin-server"};
  app.set_version_flag("--version", "kyujin-server " KYUJIN_VERSION);
  app.add_option("--index", index, "Index directory, made by kyujin-index build")->required();
  app.add_option("--listen", config.listen, "Address and port")->capture_default_str();
  app.add_option("--today", today, "The day in Japan that searches assume, e.g. 2026-11-22")
      ->check(CheckDate);
  app.add_option("--workers", config.worker_threads, "Threads that search (0: one per processor)")
      ->check(CLI::Range(size_t{0}, kMaxWorkerThreads));
  std::string cache_file;
  app.add_option("--postings-cache",
                 config.postings_cache_bytes,
                 "Memory for postings made ready, e.g. 2G (0: none)")
      ->transform(CLI::AsSizeValue(false))
      ->default_str("2G");
  app.add_option(
         "--result-cache", config.result_cache_bytes, "Memory for finished answers (0: none)")
      ->transform(CLI::AsSizeValue(false))
      ->default_str("64M");
  app.add_option(
      "--cache-file",
      cache_file,
      "File that keeps the words asked for most, to be ready for them at the next start");
  app.add_option("--store",
                 config.store,
                 "People's data: sqlite:PATH or postgresql://… (default: a SQLite file beside the "
                 "index directory)");
  app.add_option(
         "--max-saved-queries", config.max_saved_queries, "Saved queries that a user may have")
      ->check(CLI::Range(uint32_t{0}, kMaxPerUser))
      ->capture_default_str();
  app.add_option("--max-favourites", config.max_favourites, "Favourites that a user may have")
      ->check(CLI::Range(uint32_t{0}, kMaxPerUser))
      ->capture_default_str();
  app.add_option("--audit-days", config.audit_days, "Days that the audit log goes back")
      ->check(CLI::Range(uint32_t{1}, kMaxAuditDays))
      ->capture_default_str();
  app.add_flag("--log-requests", config.logs_requests, "Log every request, not only failed ones");
  try {
    app.parse(argc, argv);
    if (store::StandsInside(config.store, index)) {
      throw CLI::ValidationError("--store", "must not be inside the index directory");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitStatus{0} : kWrongUsage;
  }
  config.index = index;
  config.cache_file = cache_file;
  if (config.store.empty()) {
    config.store = store::DefaultStore(config.index);
  }
  if (!today.empty()) {
    const Result<Date> date = Date::Parse(today);
    KYUJIN_CHECK(date.has_value());
    config.today = *date;
  }
  return config;
}

}  // namespace kyujin::app
