// ParameterError: what was wrong with one parameter of a request, with a way out. server/api turns
// the list into problem+json; nothing here knows HTTP.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::query {

// How a value fails: one that cannot be read or is out of bounds (400), or one that is well-formed
// but outside the set of its codes or words (422).
enum class ParameterFault : uint8_t { kMalformed, kUnknownValue };

// What the caller may have meant.
struct Suggestion {
  std::string code;
  std::string label;
  friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

struct ParameterError {
  std::string parameter;
  std::string value;  // as sent, at most kMaxEchoedCodePoints of it
  std::string reason;
  std::vector<Suggestion> suggestions;
  ParameterFault fault = ParameterFault::kMalformed;
};

inline constexpr size_t kMaxEchoedCodePoints = 100;
// A call with thousands of wrong values needs no answer of thousands.
inline constexpr size_t kMaxErrors = 100;

// Returns an error whose `value` is cut to what may be echoed.
ParameterError MakeParameterError(std::string_view parameter,
                                  std::string_view value,
                                  std::string reason);

}  // namespace kyujin::query
