// Shorthand of the request tests: parameters written as they stand in a URL, after decoding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/query/request_parser.h"
#include "tests/unit/query/shared_analyzer.h"

namespace kyujin::query {

// Splits `name=value&name=value`; nothing is percent-decoded.
inline ParameterPairs Pairs(std::string_view query) {
  ParameterPairs pairs;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return pairs;
}

inline ParseOutcome Read(std::string_view query) {
  text::Analyzer analyzer = MakeAnalyzer();
  return ParseSearchParameters(Pairs(query), &analyzer);
}

inline ParseOutcome ReadJson(std::string_view json) {
  const Result<JsonValue> value = ParseJson(json);
  KYUJIN_CHECK(value.has_value());
  text::Analyzer analyzer = MakeAnalyzer();
  return ParseSearchJson(*value, &analyzer);
}

// Returns the canonical bytes, or the first error's `parameter: reason`.
inline std::string Canonical(const ParseOutcome& outcome) {
  return outcome.has_request() ? outcome.request.canonical
                               : outcome.errors[0].parameter + ": " + outcome.errors[0].reason;
}

// Undoes the escapes of canonical bytes; Read takes what comes out.
inline std::string Unescaped(std::string_view canonical) {
  std::string text;
  for (size_t i = 0; i < canonical.size(); ++i) {
    const bool is_escape = canonical[i] == '%';
    text += is_escape
                ? static_cast<char>(std::stoi(std::string(canonical.substr(i + 1, 2)), nullptr, 16))
                : canonical[i];
    i += is_escape ? 2 : 0;
  }
  return text;
}

// The body of the only filter of the request.
template <class T>
T OnlyFilter(std::string_view query) {
  const ParseOutcome outcome = Read(query);
  KYUJIN_CHECK(outcome.has_request());
  KYUJIN_CHECK(outcome.request.filters.size() == 1);
  const T* body = std::get_if<T>(&outcome.request.filters[0].body);
  KYUJIN_CHECK(body != nullptr);
  return *body;
}

}  // namespace kyujin::query
