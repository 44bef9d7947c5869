#include "server/http/handler_run.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "server/http/content_coding.h"
#include "server/http/problem.h"

namespace kyujin::http {
namespace {

// No handler's text reaches the client; the observer has it.
constexpr std::string_view kInternalDetail = "The fault has been logged.";

bool IsTokenCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsValueCharacter(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

bool IsSafeField(const HeaderField& field) {
  return !field.first.empty() &&
         std::all_of(field.first.begin(), field.first.end(), &IsTokenCharacter) &&
         std::all_of(field.second.begin(), field.second.end(), &IsValueCharacter);
}

bool IsCompressible(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.find("json") != std::string_view::npos ||
         content_type.find("javascript") != std::string_view::npos ||
         content_type.find("xml") != std::string_view::npos;
}

bool IsNegotiated(const HttpResponse& response) {
  return response.status >= 200 && response.status < 300 && !response.Header("Content-Encoding");
}

void AddVary(HttpResponse& response) {
  if (!response.Header("Vary")) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
  }
}

// The lines of a list header are one list (RFC 9110 5.3).
std::optional<std::string> AcceptEncoding(const HttpRequest& request) {
  std::optional<std::string> joined;
  for (const HeaderField& field : request.headers) {
    if (EqualsIgnoreCase(field.first, "Accept-Encoding")) {
      joined = joined ? *joined + "," + field.second : field.second;
    }
  }
  return joined;
}

HttpResponse Coded(const HttpRequest& request,
                   HttpResponse response,
                   const HttpLimits& limits,
                   HttpObserver& observer) {
  AddVary(response);
  const AcceptedCodings accepted = ParseAcceptEncoding(AcceptEncoding(request));
  if (!accepted.identity && !accepted.gzip) {
    HttpResponse refused = StatusProblem(406, "This server sends identity and gzip only.");
    AddVary(refused);
    return refused;
  }
  const bool is_worth_it = accepted.prefers_gzip && response.body.size() >= limits.min_gzip_bytes &&
                           IsCompressible(response.content_type);
  if (accepted.identity && !is_worth_it) {
    return response;
  }
  auto compressed = Gzip(response.body, limits.gzip_level);
  if (!compressed.has_value()) {
    observer.OnFailure("gzip", compressed.error().message);
    return accepted.identity ? response : StatusProblem(500, kInternalDetail);
  }
  response.body = std::move(*compressed);
  response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

HttpResponse Finished(const HttpRequest& request,
                      HttpResponse response,
                      const HttpLimits& limits,
                      HttpObserver& observer) {
  const bool is_safe =
      std::all_of(response.headers.begin(), response.headers.end(), &IsSafeField) &&
      std::all_of(response.content_type.begin(), response.content_type.end(), &IsValueCharacter);
  if (!is_safe || response.status < 200 || response.status > 599) {
    observer.OnFailure(request.path, "the handler's status or headers are not valid");
    response = StatusProblem(500, kInternalDetail);
  }
  if (response.status == 204 || response.status == 304) {
    response.body.clear();
    response.content_type.clear();
  }
  if (response.status == 304) {
    AddVary(response);
  } else if (IsNegotiated(response) && !response.body.empty()) {
    response = Coded(request, std::move(response), limits, observer);
  }
  if (!response.Header("X-Content-Type-Options")) {
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  }
  return response;
}

}  // namespace

HttpResponse RunHandler(const RouteMatch& match,
                        const HttpRequest& request,
                        const HandlerContext& context,
                        HttpObserver& observer) {
  try {
    return match.route->handler(request, match.parameters, context);
  } catch (const std::exception& exception) {
    observer.OnFailure(match.route->pattern, exception.what());
  } catch (...) {
    observer.OnFailure(match.route->pattern, "an exception of unknown type");
  }
  return StatusProblem(500, kInternalDetail);
}

HttpResponse FinishResponse(const HttpRequest& request,
                            HttpResponse response,
                            const HttpLimits& limits,
                            HttpObserver& observer) {
  try {
    return Finished(request, std::move(response), limits, observer);
  } catch (const std::exception& exception) {
    observer.OnFailure(request.path, exception.what());
  }
  // Memory is out, most likely: an answer that needs none.
  return {.status = 500, .content_type = {}, .headers = {}, .body = {}};
}

std::string FormatHttpDate(std::chrono::system_clock::time_point time) {
  // Not std::put_time: names of days and months must not follow the locale.
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(seconds - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(),
                text.size(),
                "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[std::chrono::weekday(day).c_encoding()],
                static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace kyujin::http
