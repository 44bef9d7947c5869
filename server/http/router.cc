#include "server/http/router.h"

#include <algorithm>
#include <array>

#include "engine/base/result.h"
#include "server/http/problem.h"
#include "server/http/url.h"

namespace kyujin::http {
namespace {

// RFC 9110 9.1, PATCH (RFC 5789) and QUERY (RFC 10008): known, so 405 and not 501.
constexpr std::array<std::string_view, 10> kKnownMethods = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY", "TRACE", "CONNECT"};

bool IsKnownMethod(std::string_view method) {
  return std::find(kKnownMethods.begin(), kKnownMethods.end(), method) != kKnownMethods.end();
}

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  for (size_t start = 1; start <= path.size();) {
    const size_t end = std::min(path.find('/', start), path.size());
    segments.push_back(path.substr(start, end - start));
    start = end + 1;
  }
  return segments;
}

HttpResponse NoContentWithAllow(std::string allow) {
  return {.status = 204, .content_type = {}, .headers = {{"Allow", std::move(allow)}}, .body = {}};
}

}  // namespace

std::string_view PathParameters::Get(std::string_view name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) {
      return value;
    }
  }
  return {};
}

void PathParameters::Add(std::string_view name, std::string value) {
  values_.emplace_back(name, std::move(value));
}

std::vector<Router::Segment> Router::ParsePattern(std::string_view pattern) {
  std::vector<Segment> segments;
  for (std::string_view text : SplitPath(pattern)) {
    const bool is_parameter = text.size() > 2 && text.front() == '{' && text.back() == '}';
    segments.push_back(
        {std::string(is_parameter ? text.substr(1, text.size() - 2) : text), is_parameter});
  }
  return segments;
}

bool Router::Before(const Resource& a, const Resource& b) {
  return std::lexicographical_compare(
      a.segments.begin(),
      a.segments.end(),
      b.segments.begin(),
      b.segments.end(),
      [](const Segment& x, const Segment& y) { return !x.is_parameter && y.is_parameter; });
}

bool Router::SameShape(const Resource& a, const Resource& b) {
  return std::equal(a.segments.begin(),
                    a.segments.end(),
                    b.segments.begin(),
                    b.segments.end(),
                    [](const Segment& x, const Segment& y) {
                      return x.is_parameter ? y.is_parameter : !y.is_parameter && x.text == y.text;
                    });
}

void Router::Add(std::string_view method,
                 std::string_view pattern,
                 Handler handler,
                 RouteOptions options) {
  KYUJIN_CHECK(!pattern.empty() && pattern.front() == '/');
  auto found = std::find_if(resources_.begin(), resources_.end(), [&](const Resource& resource) {
    return resource.pattern == pattern;
  });
  if (found == resources_.end()) {
    Resource added{std::string(pattern), ParsePattern(pattern), {}};
    // Two patterns that differ in the names of their parameters only would hide each other.
    KYUJIN_CHECK(std::none_of(resources_.begin(), resources_.end(), [&](const Resource& resource) {
      return SameShape(resource, added);
    }));
    found = resources_.insert(
        std::upper_bound(resources_.begin(), resources_.end(), added, &Router::Before),
        std::move(added));
  }
  const bool is_new = std::none_of(found->routes.begin(),
                                   found->routes.end(),
                                   [&](const Route& route) { return route.method == method; });
  KYUJIN_CHECK(is_new);
  found->routes.push_back({std::string(method), std::string(pattern), std::move(handler), options});
}

bool Router::Matches(const Resource& resource, const std::vector<std::string>& segments) {
  return std::equal(resource.segments.begin(),
                    resource.segments.end(),
                    segments.begin(),
                    segments.end(),
                    [](const Segment& expected, const std::string& actual) {
                      return expected.is_parameter ? !actual.empty() : expected.text == actual;
                    });
}

std::string Router::Allow(const Resource& resource) {
  std::string allow;
  for (const Route& route : resource.routes) {
    allow += route.method + ", ";
    const bool has_head = std::any_of(resource.routes.begin(),
                                      resource.routes.end(),
                                      [](const Route& other) { return other.method == "HEAD"; });
    if (route.method == "GET" && !has_head) {
      allow += "HEAD, ";
    }
  }
  return allow + "OPTIONS";
}

std::variant<RouteMatch, HttpResponse> Router::Choose(const Resource& resource,
                                                      std::string_view method,
                                                      const std::vector<std::string>& segments) {
  const auto with_method = [&](std::string_view wanted) {
    return std::find_if(resource.routes.begin(), resource.routes.end(), [&](const Route& route) {
      return route.method == wanted;
    });
  };
  auto route = with_method(method);
  if (route == resource.routes.end() && method == "HEAD") {
    route = with_method("GET");
  }
  if (route == resource.routes.end()) {
    if (method == "OPTIONS") {
      return NoContentWithAllow(Allow(resource));
    }
    HttpResponse response = StatusProblem(405, "The Allow header lists the methods of this path.");
    response.headers.emplace_back("Allow", Allow(resource));
    return response;
  }
  RouteMatch match{&*route, {}};
  for (size_t i = 0; i < segments.size(); ++i) {
    if (resource.segments[i].is_parameter) {
      match.parameters.Add(resource.segments[i].text, segments[i]);
    }
  }
  return match;
}

std::vector<std::pair<std::string, std::string>> Router::List() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const Resource& resource : resources_) {
    for (const Route& route : resource.routes) {
      all.emplace_back(route.method, route.pattern);
    }
  }
  return all;
}

std::variant<RouteMatch, HttpResponse> Router::Find(std::string_view method,
                                                    std::string_view path) const {
  if (!IsKnownMethod(method)) {
    return StatusProblem(501, "Method names are case-sensitive; see the API description.");
  }
  if (path == "*" && method == "OPTIONS") {
    return NoContentWithAllow("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
  if (path.empty() || path.front() != '/') {
    return StatusProblem(400, "The request target must be a path that starts with '/'.");
  }
  std::vector<std::string> segments;
  for (std::string_view raw : SplitPath(path)) {
    auto decoded = DecodePathSegment(raw);
    if (!decoded.has_value()) {
      return StatusProblem(400, "Path: " + decoded.error().message);
    }
    // No resource of ours has such a name, and nobody behind us shall have to think of them.
    if (*decoded == "." || *decoded == "..") {
      return StatusProblem(404, "There is nothing under this path.");
    }
    segments.push_back(std::move(*decoded));
  }
  for (const Resource& resource : resources_) {
    if (Matches(resource, segments)) {
      return Choose(resource, method, segments);
    }
  }
  return StatusProblem(404, "There is nothing under this path.");
}

}  // namespace kyujin::http
