// Reads the small JSON bodies of calls about people's data: one object, known members only.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "engine/base/json.h"
#include "server/http/http_message.h"

namespace kyujin::api {

// Returns the object of the body, or the refusal: 400 for parameters in the URL, for what is no
// JSON object and for members beside `members`, 406, 415.
std::variant<JsonValue, http::HttpResponse> ReadBody(const http::HttpRequest& request,
                                                     std::span<const std::string_view> members);

// The refusal of a call that takes neither parameters nor, as a rule, a body; or nothing.
std::optional<http::HttpResponse> RefuseForm(const http::HttpRequest& request);

// Returns 400 for one member of a body.
http::HttpResponse MemberProblem(std::string_view member,
                                 std::string_view value,
                                 std::string_view reason);

}  // namespace kyujin::api
