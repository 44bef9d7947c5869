// The columns of an exported corpus (kyujin-bench export), told by its first line: which texts
// there are and what they weigh, which facets, orders and amounts. Every engine of the comparison
// takes them from there, so that they are those of the schema.
//
// Thread rule: **Thread-compatible.**
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::bench {

using Row = std::vector<std::string>;

// Returns the parts of `line` between separators.
Row Split(std::string_view line, std::string_view separator);

struct PeerColumn {
  std::string name;
  size_t place = 0;      // in a row
  double weight = 1;     // of a text
  bool is_list = false;  // of a facet: several codes, separated by spaces
};

struct PeerColumns {
  // Reads the first line of an export. Errors: std::invalid_argument for a column of no known kind.
  explicit PeerColumns(std::string_view header);

  // Returns the place of `name` in `columns`. Errors: std::out_of_range when it is not there.
  static size_t Find(const std::vector<PeerColumn>& columns, std::string_view name);

  size_t number = 0;  // place of the posting number
  std::vector<PeerColumn> texts;
  std::vector<PeerColumn> facets;
  std::vector<PeerColumn> sorts;
  std::vector<PeerColumn> amounts;
};

}  // namespace kyujin::bench
