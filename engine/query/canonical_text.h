// The text of canonical requests, `name=value&name=value`: a query string, percent-escaped, names
// ascending, and in a list no comma but those between its values. Private to engine/query.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

// Escaped values by name of their parameter.
using CanonicalValues = std::map<std::string, std::string, std::less<>>;

enum class Commas : uint8_t { kPlain, kEscaped };

void AppendEscaped(std::string_view text, Commas commas, std::string* out);
// Undoes the escapes; nothing when one is broken.
std::optional<std::string> Unescape(std::string_view escaped);

std::string JoinCanonical(const CanonicalValues& values);
// Undoes JoinCanonical. Of a name that comes twice the first value stays.
CanonicalValues SplitCanonical(std::string_view canonical);
// Returns the escaped values of a list.
std::vector<std::string_view> SplitEscapedList(std::string_view value);

}  // namespace kyujin::query
