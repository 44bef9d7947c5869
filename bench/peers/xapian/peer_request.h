// A request of the comparison as Xapian is asked it.
#pragma once

#include <xapian.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/peers/xapian/peer_columns.h"
#include "engine/text/analyzer.h"

namespace kyujin::bench {

// A filter and the facets (places among them) that ignore it.
struct PeerFilter {
  Xapian::Query query;
  std::vector<size_t> lifts;
};

struct PeerRequest {
  std::string name;  // of its class
  Xapian::Query words;
  std::vector<PeerFilter> filters;
  int sort = -1;  // place among the orders; -1 is relevance
  bool facets = false;
  Xapian::doccount limit = 0;
};

// Confined to one thread. Holds a reference to the columns.
class PeerRequestParser {
 public:
  explicit PeerRequestParser(const PeerColumns& columns);

  // Reads a line of compare.py: class, target (of kyujin), words, filters, sort, facets, limit.
  PeerRequest Parse(const Row& line);

 private:
  using Values = std::map<std::string, std::string>;

  Xapian::Query Word(const std::string& word);
  [[nodiscard]] std::vector<PeerFilter> Filters(const Values& values) const;
  [[nodiscard]] Xapian::Query Place(const Values& values) const;
  [[nodiscard]] Xapian::Query Wage(const Values& values) const;
  [[nodiscard]] Xapian::Query AtLeast(std::string_view amount, const std::string& value) const;
  [[nodiscard]] Xapian::Query AtMost(std::string_view amount, const std::string& value) const;
  [[nodiscard]] std::vector<size_t> Facets(const std::vector<std::string>& names) const;

  const PeerColumns& columns_;
  std::unique_ptr<text::Analyzer> analyzer_;
  std::vector<text::Token> tokens_;
};

}  // namespace kyujin::bench
