#include "server/api/page_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "engine/query/parameter_error.h"
#include "server/api/error_response.h"
#include "server/http/url.h"

namespace kyujin::api {
namespace {

// What is wrong with a limit; empty when it was taken.
std::string TakeLimit(const std::string& value, size_t max_limit, size_t* limit) {
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *limit);
  const bool is_number = error == std::errc() && end == value.data() + value.size();
  return is_number && *limit >= 1 && *limit <= max_limit
             ? ""
             : fmt::format("not a number from 1 to {}", max_limit);
}

}  // namespace

std::optional<http::HttpResponse> ReadPageParameters(
    std::string_view raw_query,
    size_t max_limit,
    const std::function<std::string(const std::string&)>& take_since,
    size_t* limit) {
  const auto pairs = http::ParseQuery(raw_query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  std::vector<query::ParameterError> errors;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : *pairs) {
    const bool is_known = name == "since" || name == "limit";
    if (is_known && value.empty()) {
      continue;  // as if absent
    }
    std::string fault = !is_known         ? "unknown parameter"
                        : name == "since" ? take_since(value)
                                          : TakeLimit(value, max_limit, limit);
    if (is_known && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fault = "given twice";
    }
    seen.push_back(name);
    if (!fault.empty() && errors.size() < query::kMaxErrors) {
      errors.push_back(query::MakeParameterError(name, value, std::move(fault)));
    }
  }
  return errors.empty() ? std::nullopt : std::optional(ParameterProblem(errors));
}

}  // namespace kyujin::api
