// Query mix: deterministic search requests to load a server with, drawn from a written list of
// words people type and from the filters of the form. `kyujin-bench queries` prints them, one
// request target a line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kyujin::load {

// Which requests to make.
enum class QueryKind : uint8_t {
  kFilters,  // one to three filters, all facets, one of the column orders
  kWords,    // one or two words, filters half of the time, all facets
  kMixed,    // half and half
};

// Returns `count` request targets, percent-encoded. Same arguments, same targets.
std::vector<std::string> MakeQueries(QueryKind kind, uint64_t count, uint64_t seed);

}  // namespace kyujin::load
