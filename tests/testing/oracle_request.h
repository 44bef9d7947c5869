// OracleRequest: a search as the oracle and the server both understand it: parameters of API.md 2
// by name, and the words of `q` apart so that the oracle needs no query syntax.
//
// Thread rule: Thread-compatible.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::test {

struct OracleWord {
  std::string text;
  bool quoted = false;
};

struct OracleRequest {
  std::vector<std::vector<OracleWord>> clauses;  // of `q`: all hold, each an OR of words
  std::vector<OracleWord> negatives;             // of `q`, after `-`
  std::vector<OracleWord> excluded;              // `q_not`
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // every other parameter

  // Returns the first value of `name`, or `otherwise`.
  [[nodiscard]] std::string Value(std::string_view name, std::string_view otherwise = "") const;
  [[nodiscard]] bool Has(std::string_view name) const { return values.find(name) != values.end(); }
  [[nodiscard]] bool HasScoringWords() const { return !clauses.empty(); }

  // The query string of GET /v1/jobs. `further` replaces or adds parameters.
  [[nodiscard]] std::string ToQueryString(
      const std::map<std::string, std::string>& further = {}) const;
  // The body of POST /v1/jobs/search.
  [[nodiscard]] std::string ToJson() const;

  // What is typed for `q` and `q_not`.
  [[nodiscard]] std::string TypedWords() const;
  [[nodiscard]] std::string TypedExclusions() const;
};

}  // namespace kyujin::test
