// ParseHead and CheckHead: from the bytes of a request head to what the session needs to know.
// ParseHead is the only place that sees Beast's parser; CheckHead refuses what that parser lets
// through and what could be read differently by a proxy in front of us.
//
// Thread rule: Immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/http_message.h"

namespace kyujin::http {

// A request that cannot be served: the status and, for the caller's programmer, why.
struct Refusal {
  int status = 400;
  std::string detail;
};

struct ParsedHead {
  std::string method;
  std::string target;
  unsigned minor_version = 1;  // of HTTP/1.x
  std::vector<HeaderField> fields;
};

// Parses a complete head, its empty line included. Never throws.
[[nodiscard]] std::variant<ParsedHead, Refusal> ParseHead(std::string_view bytes);

// What a correct head says.
struct CheckedHead {
  std::string path;   // still encoded; "*" for OPTIONS *
  std::string query;  // still encoded
  uint64_t content_length = 0;
  bool expects_continue = false;
  bool keeps_alive = true;
};

// Refuses with 400, 411, 415, 417 or 501 (RFC 9112 3.2, 6.1 to 6.3, made stricter). Never throws.
[[nodiscard]] std::variant<CheckedHead, Refusal> CheckHead(const ParsedHead& head);

}  // namespace kyujin::http
