// Content coding: what a client's Accept-Encoding allows, and gzip.
//
// Thread rule: Immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::http {

// What Accept-Encoding says about the two codings we have (RFC 9110 12.5.3).
struct AcceptedCodings {
  bool identity = true;
  bool gzip = false;
  bool prefers_gzip = false;  // gzip is allowed and wanted at least as much as identity
};

// `accept_encoding` is the field's value, its lines joined with commas; without the field only
// identity is accepted. A member that cannot be read counts as not accepted.
[[nodiscard]] AcceptedCodings ParseAcceptEncoding(std::optional<std::string_view> accept_encoding);

// Returns `body` as one gzip member. Errors: kInternal.
[[nodiscard]] Result<std::string> Gzip(std::string_view body, int level);

}  // namespace kyujin::http
