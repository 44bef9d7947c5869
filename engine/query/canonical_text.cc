#include "engine/query/canonical_text.h"

#include <algorithm>
#include <charconv>

namespace kyujin::query {
namespace {

// Returns what stands before `separator` and takes both from `*rest`.
std::string_view TakeUntil(char separator, std::string_view* rest) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view taken = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return taken;
}

}  // namespace

void AppendEscaped(std::string_view text, Commas commas, std::string* out) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos || (c == ',' && commas == Commas::kPlain)) {
      out->push_back(c);
    } else {
      const auto byte = static_cast<uint8_t>(c);
      out->push_back('%');
      out->push_back(kHexDigits[byte >> 4U]);
      out->push_back(kHexDigits[byte & 15U]);
    }
  }
}

std::optional<std::string> Unescape(std::string_view escaped) {
  constexpr int kHexadecimal = 16;
  std::string text;
  for (size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '%') {
      text.push_back(escaped[i]);
      continue;
    }
    const std::string_view digits = escaped.substr(i + 1, 2);
    uint8_t byte = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), byte, kHexadecimal);
    if (digits.size() < 2 || error != std::errc() || end != digits.data() + 2) {
      return std::nullopt;
    }
    text.push_back(static_cast<char>(byte));
    i += 2;
  }
  return text;
}

std::string JoinCanonical(const CanonicalValues& values) {
  std::string text;
  for (const auto& [name, value] : values) {
    text += text.empty() ? "" : "&";
    text += name;
    text += '=';
    text += value;
  }
  return text;
}

CanonicalValues SplitCanonical(std::string_view canonical) {
  CanonicalValues values;
  while (!canonical.empty()) {
    std::string_view pair = TakeUntil('&', &canonical);
    const std::string_view name = TakeUntil('=', &pair);
    values.emplace(name, pair);
  }
  return values;
}

std::vector<std::string_view> SplitEscapedList(std::string_view value) {
  std::vector<std::string_view> values;
  while (!value.empty()) {
    values.push_back(TakeUntil(',', &value));
  }
  return values;
}

}  // namespace kyujin::query
