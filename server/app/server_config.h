// ServerConfig: what the command line of kyujin-server says, range-checked. Read once, before
// anything starts.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "engine/base/date.h"

namespace kyujin::app {

struct ServerConfig {
  std::filesystem::path index;
  std::string listen = "127.0.0.1:8080";
  std::optional<Date> today;  // nothing: the clock's day in Japan
  size_t worker_threads = 0;  // 0: one per processor
  bool logs_requests = false;
  // Memory for postings made ready to search with, and for finished answers.
  size_t postings_cache_bytes = size_t{2} << 30;
  size_t result_cache_bytes = size_t{64} << 20;
  std::string store;                 // as store::OpenStore takes it
  uint32_t max_saved_queries = 100;  // per user
  uint32_t max_favourites = 1'000;   // per user
  uint32_t audit_days = 365;         // how long entries of the audit log are kept
  std::filesystem::path cache_file;  // where the words asked for most are kept; empty: nowhere
};

// An exit status: 0 after --help or --version, 2 for wrong usage; what was to be said has been
// printed.
using ExitStatus = int;

std::variant<ServerConfig, ExitStatus> ParseCommandLine(int argc, const char* const* argv);

}  // namespace kyujin::app
