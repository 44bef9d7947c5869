#include "server/http/request_head.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kyujin::http {
namespace {

std::vector<std::string_view> ValuesOf(const ParsedHead& head, std::string_view name) {
  std::vector<std::string_view> values;
  for (const HeaderField& field : head.fields) {
    if (EqualsIgnoreCase(field.first, name)) {
      values.push_back(field.second);
    }
  }
  return values;
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// Says whether the comma-separated lists `values` hold `token`.
bool HasToken(const std::vector<std::string_view>& values, std::string_view token) {
  for (std::string_view list : values) {
    for (size_t start = 0; start <= list.size();) {
      const size_t end = std::min(list.find(',', start), list.size());
      if (EqualsIgnoreCase(Trimmed(list.substr(start, end - start)), token)) {
        return true;
      }
      start = end + 1;
    }
  }
  return false;
}

bool IsHostCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~:[]%").find(c) != std::string_view::npos;
}

std::optional<Refusal> CheckHost(const ParsedHead& head) {
  const auto hosts = ValuesOf(head, "Host");
  if (hosts.size() > 1 || (hosts.empty() && head.minor_version >= 1)) {
    return Refusal{400, "Exactly one Host header is required."};
  }
  if (!hosts.empty() &&
      (hosts[0].empty() || !std::all_of(hosts[0].begin(), hosts[0].end(), &IsHostCharacter))) {
    return Refusal{400, "The Host header is not a host name."};
  }
  return std::nullopt;
}

// Whatever is not one plain Content-Length is refused: two parties that frame a request differently
// are the root of request smuggling.
std::optional<Refusal> CheckFraming(const ParsedHead& head, CheckedHead& checked) {
  const auto encodings = ValuesOf(head, "Transfer-Encoding");
  const auto lengths = ValuesOf(head, "Content-Length");
  if (!encodings.empty()) {
    if (!lengths.empty() || head.minor_version == 0 || encodings.size() > 1) {
      return Refusal{400, "Transfer-Encoding is not allowed here."};
    }
    return EqualsIgnoreCase(encodings[0], "chunked")
               ? Refusal{411, "Chunked bodies are not taken; send Content-Length."}
               : Refusal{501, "This Transfer-Encoding is not known."};
  }
  if (lengths.size() > 1) {
    return Refusal{400, "More than one Content-Length."};
  }
  if (!lengths.empty()) {
    const std::string_view text = lengths[0];
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), checked.content_length);
    if (error != std::errc() || end != text.data() + text.size()) {
      return Refusal{400, "Content-Length is not a number."};
    }
  }
  return std::nullopt;
}

std::optional<Refusal> CheckExpectations(const ParsedHead& head, CheckedHead& checked) {
  const auto codings = ValuesOf(head, "Content-Encoding");
  if (std::any_of(codings.begin(), codings.end(), [](std::string_view coding) {
        return !EqualsIgnoreCase(coding, "identity");
      })) {
    return Refusal{415, "Compressed request bodies are not taken."};
  }
  const auto expectations = ValuesOf(head, "Expect");
  if (!expectations.empty() && head.minor_version >= 1) {
    if (expectations.size() > 1 || !EqualsIgnoreCase(expectations[0], "100-continue")) {
      return Refusal{417, "The only known expectation is 100-continue."};
    }
    checked.expects_continue = true;
  }
  return std::nullopt;
}

// Cuts `http://authority` off an absolute-form target; the authority must be the Host's.
std::optional<Refusal> StripAuthority(const ParsedHead& head, std::string_view& target) {
  const size_t scheme_end = target.find("://");
  const std::string_view scheme = target.substr(0, std::min(scheme_end, target.size()));
  if (scheme_end == std::string_view::npos ||
      !(EqualsIgnoreCase(scheme, "http") || EqualsIgnoreCase(scheme, "https"))) {
    return Refusal{400, "The request target must be a path that starts with '/'."};
  }
  target.remove_prefix(scheme_end + 3);
  const size_t authority_end = std::min(target.find_first_of("/?"), target.size());
  const auto hosts = ValuesOf(head, "Host");
  if (hosts.empty() || !EqualsIgnoreCase(hosts[0], target.substr(0, authority_end))) {
    return Refusal{400, "The host of the request target is not the one of the Host header."};
  }
  target.remove_prefix(authority_end);
  return std::nullopt;
}

std::optional<Refusal> CheckTarget(const ParsedHead& head, CheckedHead& checked) {
  std::string_view target = head.target;
  if (!std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7F'; })) {
    return Refusal{400, "Characters outside ASCII must be percent-encoded in the URL."};
  }
  if (target.find('#') != std::string_view::npos) {
    return Refusal{400, "A request target has no fragment; write %23 for '#'."};
  }
  if (head.method == "CONNECT") {
    return Refusal{501, "This server is no proxy."};
  }
  if (target == "*" && head.method == "OPTIONS") {
    checked.path = "*";
    return std::nullopt;
  }
  if (target.empty() || target.front() != '/') {
    if (auto refusal = StripAuthority(head, target)) {
      return refusal;
    }
  }
  const size_t question = std::min(target.find('?'), target.size());
  checked.path = target.substr(0, question);
  checked.query = target.substr(std::min(question + 1, target.size()));
  if (checked.path.empty()) {
    checked.path = "/";
  }
  return std::nullopt;
}

}  // namespace

std::variant<CheckedHead, Refusal> CheckHead(const ParsedHead& head) {
  CheckedHead checked;
  if (auto refusal = CheckHost(head)) {
    return *refusal;
  }
  if (auto refusal = CheckTarget(head, checked)) {
    return *refusal;
  }
  if (auto refusal = CheckFraming(head, checked)) {
    return *refusal;
  }
  if (auto refusal = CheckExpectations(head, checked)) {
    return *refusal;
  }
  const auto connection = ValuesOf(head, "Connection");
  checked.keeps_alive = !HasToken(connection, "close") &&
                        (head.minor_version >= 1 || HasToken(connection, "keep-alive"));
  return checked;
}

}  // namespace kyujin::http
