#include "bench/peers/xapian/peer_request.h"

#include "bench/peers/xapian/peer_layout.h"

namespace kyujin::bench {

PeerRequestParser::PeerRequestParser(const PeerColumns& columns)
    : columns_(columns), analyzer_(MakeAnalyzer()) {}

Xapian::Query PeerRequestParser::Word(const std::string& word) {
  analyzer_->Analyze(word, &tokens_);
  std::vector<Xapian::Query> fields;
  for (size_t i = 0; i < columns_.texts.size(); ++i) {
    std::vector<std::string> terms;
    for (const text::Token& token : tokens_) {
      if (!token.text.starts_with('~')) {
        terms.push_back(TextPrefix(i) + token.text);
      }
    }
    if (terms.empty()) {
      return Xapian::Query::MatchNothing;
    }
    const Xapian::Query query =
        terms.size() == 1 ? Xapian::Query(terms[0])
                          : Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end());
    fields.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, query, columns_.texts[i].weight);
  }
  return {Xapian::Query::OP_OR, fields.begin(), fields.end()};
}

Xapian::Query PeerRequestParser::AtLeast(std::string_view amount, const std::string& value) const {
  return {Xapian::Query::OP_VALUE_GE,
          Slot(kAmountSlots, PeerColumns::Find(columns_.amounts, amount)),
          Xapian::sortable_serialise(std::stod(value))};
}

Xapian::Query PeerRequestParser::AtMost(std::string_view amount, const std::string& value) const {
  return {Xapian::Query::OP_VALUE_RANGE,
          Slot(kAmountSlots, PeerColumns::Find(columns_.amounts, amount)),
          Xapian::sortable_serialise(0),
          Xapian::sortable_serialise(std::stod(value))};
}

std::vector<size_t> PeerRequestParser::Facets(const std::vector<std::string>& names) const {
  std::vector<size_t> places;
  for (const std::string& name : names) {
    places.push_back(PeerColumns::Find(columns_.facets, name));
  }
  return places;
}

Xapian::Query PeerRequestParser::Place(const Values& values) const {
  Xapian::Query place;
  const auto city = values.find("city");
  if (city != values.end()) {
    place |= Xapian::Query(FilterTerm("city", city->second));
  }
  const auto pref = values.find("pref");
  if (pref != values.end() && (city == values.end() || !city->second.starts_with(pref->second))) {
    place |= Xapian::Query(FilterTerm("pref", pref->second));
  }
  return place;
}

Xapian::Query PeerRequestParser::Wage(const Values& values) const {
  Xapian::Query wage;
  if (const auto monthly = values.find("monthly_min"); monthly != values.end()) {
    wage |= AtLeast("monthly", monthly->second);
  }
  if (const auto hourly = values.find("hourly_min"); hourly != values.end()) {
    wage |= AtLeast("hourly", hourly->second);
  }
  return wage;
}

std::vector<PeerFilter> PeerRequestParser::Filters(const Values& values) const {
  std::vector<PeerFilter> filters;
  for (const auto& [name, value] : values) {
    if (name == "conditions") {
      filters.push_back({Xapian::Query(FilterTerm("conditions", value)), {}});
    } else if (name == "employment") {
      filters.push_back({Xapian::Query(FilterTerm("employment", value)), Facets({"employment"})});
    } else if (name == "occupation") {
      filters.push_back({Xapian::Query(FilterTerm("occupation_middle", value)),
                         Facets({"occupation_major", "occupation_middle"})});
    } else if (name == "holidays_min") {
      filters.push_back({AtLeast("holidays_days", value), Facets({"holidays"})});
    } else if (name == "received_within_days") {
      filters.push_back({AtMost("days_ago", value), Facets({"received"})});
    } else if (name == "walk_max") {
      filters.push_back({AtMost("walk", value), Facets({"walk_minutes"})});
    }
  }
  if (const Xapian::Query place = Place(values); !place.empty()) {
    filters.push_back({place, Facets({"pref", "city"})});
  }
  if (const Xapian::Query wage = Wage(values); !wage.empty()) {
    filters.push_back({wage, Facets({"wage_histogram"})});
  }
  return filters;
}

PeerRequest PeerRequestParser::Parse(const Row& line) {
  PeerRequest request;
  request.name = line[0];
  for (const std::string& word : Split(line[2], "　")) {
    if (!word.empty()) {
      request.words = request.words.empty() ? Word(word) : (request.words & Word(word));
    }
  }
  Values values;
  for (const std::string& filter : Split(line[3], "&")) {
    if (const size_t equals = filter.find('='); equals != std::string::npos) {
      values.emplace(filter.substr(0, equals), filter.substr(equals + 1));
    }
  }
  request.filters = Filters(values);
  if (line[2].empty() || !line[4].empty()) {
    request.sort =
        static_cast<int>(PeerColumns::Find(columns_.sorts, line[4].empty() ? "new" : line[4]));
  }
  request.facets = line[5] == "1";
  request.limit = static_cast<Xapian::doccount>(std::stoul(line[6]));
  return request;
}

}  // namespace kyujin::bench
