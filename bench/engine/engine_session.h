// EngineSession: the engine without sockets, as the server wires it, so that a benchmark measures
// parsed parameters to finished body and nothing else.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/result.h"

namespace kyujin::bench {

struct EngineOptions {
  std::filesystem::path index;
  std::optional<Date> today;  // else the index's own day
  size_t workers = 1;
};

// Thread rule: **Thread-safe**, as long as no two calls run under one worker index at once.
class EngineSession {
 public:
  // Errors: those of the dictionary and of Snapshot::Open.
  static Result<std::unique_ptr<EngineSession>> Open(const EngineOptions& options);
  virtual ~EngineSession() = default;

  // Answers GET `target`, a search or `/v1/suggest`. Errors: kInternal with the body when the
  // status is not 200.
  virtual Result<std::string> Get(std::string_view target, size_t worker) = 0;
  [[nodiscard]] virtual uint64_t documents() const = 0;
};

// Returns the value of the number member `name` (with quotes and colon, `"total":`) of a body; 0
// when there is none.
uint64_t NumberIn(std::string_view body, std::string_view name);

}  // namespace kyujin::bench
