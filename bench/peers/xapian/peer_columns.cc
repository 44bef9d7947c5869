#include "bench/peers/xapian/peer_columns.h"

#include <algorithm>
#include <stdexcept>

namespace kyujin::bench {

Row Split(std::string_view line, std::string_view separator) {
  Row columns;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(separator, begin), line.size());
    columns.emplace_back(line.substr(begin, end - begin));
    begin = end + separator.size();
  }
  return columns;
}

PeerColumns::PeerColumns(std::string_view header) {
  size_t place = 0;
  for (const std::string& column : Split(header, "\t")) {
    const Row parts = Split(column, ":");
    const std::string& kind = parts.front();
    if (kind == "number") {
      number = place;
    } else if (kind == "text" && parts.size() == 3) {
      texts.push_back({parts[1], place, std::stod(parts[2])});
    } else if ((kind == "facet" || kind == "facet_list") && parts.size() == 2) {
      facets.push_back({parts[1], place, 1, kind == "facet_list"});
    } else if (kind == "sort" && parts.size() == 2) {
      sorts.push_back({parts[1], place});
    } else if (kind == "amount" && parts.size() == 2) {
      amounts.push_back({parts[1], place});
    } else {
      throw std::invalid_argument("column of no known kind: " + column);
    }
    ++place;
  }
}

size_t PeerColumns::Find(const std::vector<PeerColumn>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const PeerColumn& column) {
    return column.name == name;
  });
  if (found == columns.end()) {
    throw std::out_of_range("no such column: " + std::string(name));
  }
  return static_cast<size_t>(found - columns.begin());
}

}  // namespace kyujin::bench
