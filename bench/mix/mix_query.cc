#include "bench/mix/mix_query.h"

#include <fmt/format.h>

namespace kyujin::mix {
namespace {

std::string_view NameOf(QueryClass query_class) {
  for (const QueryClassSpec& spec : kQueryClasses) {
    if (spec.id == query_class) {
      return spec.name;
    }
  }
  return "deep_cursor";
}

std::string Joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string joined;
  for (const std::string& word : words) {
    joined += joined.empty() ? "" : separator;
    joined += word;
  }
  return joined;
}

}  // namespace

std::string PercentEncoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string MixQuery::Target() const {
  std::string target = "/v1/jobs?facets=all";
  if (!words.empty()) {
    const bool quoted = query_class == QueryClass::kPhrase;
    target += "&q=" + PercentEncoded(quoted ? '"' + words.front() + '"' : Joined(words, " "));
  }
  for (const auto& [parameter, value] : filters) {
    target += fmt::format("&{}={}", parameter, PercentEncoded(value));
  }
  return sort.empty() ? target : target + "&sort=" + sort;
}

std::string ToLine(const MixQuery& query) {
  std::string filters;
  for (const auto& [parameter, value] : query.filters) {
    filters += fmt::format("{}{}={}", filters.empty() ? "" : "&", parameter, value);
  }
  return fmt::format("{}\t{}\t{}\t{}\t{}",
                     NameOf(query.query_class),
                     query.Target(),
                     Joined(query.words, "　"),
                     filters,
                     query.sort);
}

std::optional<QueryLine> ParseQueryLine(std::string_view line) {
  if (line.empty() || line.front() == '#') {
    return std::nullopt;
  }
  const size_t first = line.find('\t');
  if (first == std::string_view::npos) {
    return QueryLine{"", std::string(line)};
  }
  const size_t second = std::min(line.find('\t', first + 1), line.size());
  return QueryLine{std::string(line.substr(0, first)),
                   std::string(line.substr(first + 1, second - first - 1))};
}

}  // namespace kyujin::mix
