#include "server/api/content_negotiation.h"

#include <charconv>
#include <utility>

#include "engine/base/hash.h"

namespace kyujin::api {
namespace {

constexpr std::string_view kJson = "application/json";

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Takes the text before `separator` off `*rest`, trimmed. Does not know quoted strings.
std::string_view TakeUntil(char separator, std::string_view* rest) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view piece = Trim(rest->substr(0, end));
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return piece;
}

// Whether the parameters of a media range say q=0: not acceptable.
bool IsRefused(std::string_view parameters) {
  while (!parameters.empty()) {
    std::string_view parameter = TakeUntil(';', &parameters);
    if (http::EqualsIgnoreCase(TakeUntil('=', &parameter), "q")) {
      return parameter.find_first_not_of("0.") == std::string_view::npos;
    }
  }
  return false;
}

std::string_view OpaqueTag(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

bool AcceptsJson(const http::HttpRequest& request) {
  std::string_view ranges = Trim(request.Header("Accept").value_or(""));
  if (ranges.empty()) {
    return true;
  }
  // The most specific range decides.
  size_t best = 0;
  bool is_accepted = false;
  while (!ranges.empty()) {
    std::string_view range = TakeUntil(',', &ranges);
    const std::string_view type = TakeUntil(';', &range);
    const size_t precision = http::EqualsIgnoreCase(type, kJson)             ? 3
                             : http::EqualsIgnoreCase(type, "application/*") ? 2
                             : type == "*/*"                                 ? 1
                                                                             : 0;
    if (precision > best) {
      best = precision;
      is_accepted = !IsRefused(range);
    }
  }
  return is_accepted;
}

bool SendsJson(const http::HttpRequest& request) {
  std::string_view rest = request.Header("Content-Type").value_or("");
  if (!http::EqualsIgnoreCase(TakeUntil(';', &rest), kJson)) {
    return false;
  }
  while (!rest.empty()) {
    std::string_view parameter = TakeUntil(';', &rest);
    const std::string_view name = TakeUntil('=', &parameter);
    if (http::EqualsIgnoreCase(name, "charset") && !http::EqualsIgnoreCase(parameter, "utf-8") &&
        !http::EqualsIgnoreCase(parameter, "\"utf-8\"")) {
      return false;
    }
  }
  return true;
}

std::string WeakTag(std::string_view identity) {
  return "W/\"" + ToHex(Hash64(identity)) + "\"";
}

bool HasCurrent(const http::HttpRequest& request, std::string_view tag) {
  std::string_view tags = request.Header("If-None-Match").value_or("");
  while (!tags.empty()) {
    const std::string_view one = TakeUntil(',', &tags);
    if (one == "*" || OpaqueTag(one) == OpaqueTag(tag)) {
      return true;
    }
  }
  return false;
}

http::HttpResponse NotModified(std::string_view tag, std::string_view cache_control) {
  http::HttpResponse response;
  response.status = 304;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", cache_control);
  return response;
}

http::HttpResponse JsonResponse(std::string body,
                                std::string_view cache_control,
                                std::string_view tag) {
  http::HttpResponse response;
  response.content_type = kJson;
  response.headers.emplace_back("Cache-Control", cache_control);
  if (!tag.empty()) {
    response.headers.emplace_back("ETag", tag);
  }
  response.body = std::move(body);
  return response;
}

http::HttpResponse NoContent() {
  return {.status = 204, .content_type = {}, .headers = {}, .body = {}};
}

}  // namespace kyujin::api
