// Router: from method and path to a handler. Filled by server/app, asked once per request by
// server/http's session, before the body is read.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/deadline.h"
#include "server/http/http_message.h"

namespace kyujin::http {

// What the `{names}` of a pattern matched, percent-decoded. Thread rule: Thread-compatible.
class PathParameters {
 public:
  // Returns the value of `name`, empty when the pattern has no such name; valid as long as this.
  [[nodiscard]] std::string_view Get(std::string_view name) const;
  void Add(std::string_view name, std::string value);

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

// Where and until when a handler runs.
struct HandlerContext {
  static constexpr size_t kIoThread = static_cast<size_t>(-1);

  // 0 to the number of workers - 1; no two handlers run under one index at once, so objects
  // confined to a thread can be kept per index. kIoThread for routes with RunOn::kIoThread.
  size_t worker_index = kIoThread;
  Deadline deadline = Deadline::Infinite();
};

// Answers one request. Called on several workers at once. May throw: the client then gets a 500
// without the exception's text.
using Handler =
    std::function<HttpResponse(const HttpRequest&, const PathParameters&, const HandlerContext&)>;

enum class RunOn {
  kWorker,    // the rule
  kIoThread,  // only for what takes microseconds and must answer under overload, as /healthz
};

struct RouteOptions {
  std::optional<size_t> max_body_bytes = std::nullopt;  // else HttpLimits::max_body_bytes
  RunOn run_on = RunOn::kWorker;
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;  // else handler_timeout
};

struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
  RouteOptions options;
};

struct RouteMatch {
  const Route* route = nullptr;  // valid as long as the router
  PathParameters parameters;
};

// Thread rule: Thread-compatible; filled first, then only asked.
class Router {
 public:
  // Adds a handler for `method` (upper case) and `pattern`, e.g. "/v1/jobs/{number}": each segment
  // is literal or one name in braces, which matches one non-empty segment.
  // Requires: the pattern starts with '/', this method has not been added to it before, and the
  // same path has the same names in every call.
  void Add(std::string_view method,
           std::string_view pattern,
           Handler handler,
           RouteOptions options = {});

  // Returns method and pattern of every route.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> List() const;

  // Returns the route for a request, or the answer that needs no handler: 404, 405 with Allow, 501
  // for a method HTTP does not define, 204 with Allow for OPTIONS, 400 for a broken escape. `path`
  // is still encoded; it may be "*" for OPTIONS. GET routes answer HEAD too. Where several patterns
  // match, the one with a literal at the first difference decides alone.
  [[nodiscard]] std::variant<RouteMatch, HttpResponse> Find(std::string_view method,
                                                            std::string_view path) const;

 private:
  struct Segment {
    std::string text;
    bool is_parameter = false;
  };
  struct Resource {
    std::string pattern;
    std::vector<Segment> segments;
    std::vector<Route> routes;
  };

  static std::vector<Segment> ParsePattern(std::string_view pattern);
  static bool Before(const Resource& a, const Resource& b);
  static bool SameShape(const Resource& a, const Resource& b);
  static bool Matches(const Resource& resource, const std::vector<std::string>& segments);
  static std::string Allow(const Resource& resource);
  static std::variant<RouteMatch, HttpResponse> Choose(const Resource& resource,
                                                       std::string_view method,
                                                       const std::vector<std::string>& segments);

  std::vector<Resource> resources_;  // literals before parameters
};

}  // namespace kyujin::http
