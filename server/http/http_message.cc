#include "server/http/http_message.h"

#include <algorithm>

namespace kyujin::http {
namespace {

// Not std::tolower: that one asks the locale.
char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::string_view> FindHeader(const std::vector<HeaderField>& headers,
                                           std::string_view name) {
  for (const HeaderField& field : headers) {
    if (EqualsIgnoreCase(field.first, name)) {
      return field.second;
    }
  }
  return std::nullopt;
}

}  // namespace

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char left, char right) {
    return LowerAscii(left) == LowerAscii(right);
  });
}

std::optional<std::string_view> HttpRequest::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

std::optional<std::string_view> HttpResponse::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

}  // namespace kyujin::http
