#include "tests/testing/oracle_request.h"

#include <algorithm>
#include <array>

#include "engine/base/json.h"
#include "tests/testing/http_client.h"

namespace kyujin::test {
namespace {

// Numbers in a JSON body, as the types of JSON are strict.
constexpr std::array<std::string_view, 11> kNumbers{"age",
                                                    "monthly_min",
                                                    "hourly_min",
                                                    "holidays_min",
                                                    "overtime_max",
                                                    "employees_min",
                                                    "walk_max",
                                                    "received_within_days",
                                                    "limit",
                                                    "offset",
                                                    "radius_km"};
constexpr std::array<std::string_view, 10> kSingles{"near",
                                                    "start_from",
                                                    "end_by",
                                                    "q_mode",
                                                    "interpret",
                                                    "partial",
                                                    "wage_basis",
                                                    "received_from",
                                                    "sort",
                                                    "cursor"};

template <size_t kSize>
bool IsOneOf(std::string_view name, const std::array<std::string_view, kSize>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string Typed(const OracleWord& word) {
  return word.quoted ? "\"" + word.text + "\"" : word.text;
}

void AppendSpaced(std::string_view part, std::string* text) {
  if (!text->empty()) {
    // Both spaces separate words.
    text->append(text->size() % 2 == 0 ? " " : "　");
  }
  text->append(part);
}

std::string Joined(const std::vector<std::string>& values) {
  std::string joined;
  for (const std::string& value : values) {
    joined += (joined.empty() ? "" : ",") + value;
  }
  return joined;
}

}  // namespace

std::string OracleRequest::Value(std::string_view name, std::string_view otherwise) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string(otherwise) : found->second.front();
}

std::string OracleRequest::TypedWords() const {
  std::string text;
  for (const auto& clause : clauses) {
    std::string typed;
    for (const OracleWord& word : clause) {
      typed += (typed.empty() ? "" : " OR ") + Typed(word);
    }
    AppendSpaced(typed, &text);
  }
  constexpr std::array<std::string_view, 3> kMinuses{"-", "－", "−"};
  for (const OracleWord& word : negatives) {
    AppendSpaced(std::string(kMinuses[word.text.size() % kMinuses.size()]) + Typed(word), &text);
  }
  return text;
}

std::string OracleRequest::TypedExclusions() const {
  std::string text;
  for (const OracleWord& word : excluded) {
    AppendSpaced(Typed(word), &text);
  }
  return text;
}

std::string OracleRequest::ToQueryString(const std::map<std::string, std::string>& further) const {
  std::map<std::string, std::string> parameters;
  for (const auto& [name, list] : values) {
    parameters[name] = Joined(list);
  }
  parameters["q"] = TypedWords();
  parameters["q_not"] = TypedExclusions();
  for (const auto& [name, value] : further) {
    parameters[name] = value;
  }
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (!value.empty()) {
      query += (query.empty() ? "" : "&") + name + "=" + UrlEncode(value);
    }
  }
  return query;
}

std::string OracleRequest::ToJson() const {
  JsonWriter json;
  json.StartObject();
  json.Member("q", TypedWords());
  json.Member("q_not", TypedExclusions());
  for (const auto& [name, list] : values) {
    json.Key(name);
    if (IsOneOf(name, kNumbers)) {
      if (list.front().find('.') == std::string::npos) {
        json.Int(std::stoll(list.front()));
      } else {
        json.Double(std::stod(list.front()));
      }
    } else if (IsOneOf(name, kSingles)) {
      json.String(list.front());
    } else {
      json.StartArray();
      for (const std::string& value : list) {
        json.String(value);
      }
      json.EndArray();
    }
  }
  json.EndObject();
  return std::string(json.view());
}

}  // namespace kyujin::test
