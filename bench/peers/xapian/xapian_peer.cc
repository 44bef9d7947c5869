// The same postings and requests in plain Xapian: its matcher, BM25, value slots and match spies,
// with our analyzer's tokens. Compared by ../compare.py, which speaks to it over standard input: a
// line "pass" asks for one pass over the requests.
//
// usage: xapian_peer index POSTINGS.tsv INDEX_DIR
//        xapian_peer search INDEX_DIR REQUESTS.tsv
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"

namespace kyujin::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Row = std::vector<std::string>;

struct TextField {
  std::string_view name;
  char prefix;
  double weight;
};
constexpr std::array kTexts{TextField{"title", 'A', 8},
                            TextField{"employer", 'B', 4},
                            TextField{"description", 'C', 2},
                            TextField{"station", 'D', 2},
                            TextField{"workplace", 'E', 2},
                            TextField{"business", 'F', 1},
                            TextField{"licence", 'G', 2},
                            TextField{"experience", 'H', 1},
                            TextField{"other", 'I', 1}};
// Slot = place in this list.
constexpr std::array<std::string_view, 13> kFacets{"pref",
                                                   "city",
                                                   "occupation_major",
                                                   "occupation_middle",
                                                   "industry",
                                                   "employment",
                                                   "full_part",
                                                   "wage_type",
                                                   "conditions",
                                                   "wage_histogram",
                                                   "walk_minutes",
                                                   "holidays",
                                                   "received"};
constexpr std::array<std::string_view, 5> kSorts{
    "sort_new", "sort_wage_min", "sort_wage_max", "sort_deadline", "sort_holidays"};
constexpr std::array<std::string_view, 5> kNumbers{
    "monthly", "hourly", "holidays_days", "walk", "days_ago"};
constexpr Xapian::valueno kSortSlots = 20;
constexpr Xapian::valueno kNumberSlots = 30;
constexpr Xapian::valueno kNumberSlot = 40;  // the posting number, which breaks ties
constexpr size_t kConditionsFacet = 8;

Row Split(std::string_view line, std::string_view separator) {
  Row columns;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(separator, begin), line.size());
    columns.emplace_back(line.substr(begin, end - begin));
    begin = end + separator.size();
  }
  return columns;
}

// Keys as bytes of one length, so that values sort and compare as the numbers do.
std::string SortableKey(uint64_t value) {
  std::string bytes(sizeof value, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(value >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes;
}

std::string FilterTerm(std::string_view facet, std::string_view code) {
  return fmt::format("X{}:{}", facet, code);
}

std::unique_ptr<text::Analyzer> MakeAnalyzer() {
  auto model = text::AnalyzerModel::Load();
  if (!model.has_value()) {
    std::fprintf(stderr, "xapian_peer: %s\n", model.error().message.c_str());
    std::exit(1);
  }
  return std::make_unique<text::Analyzer>(*model);
}

// --- indexing ---

Xapian::Document MakeDocument(const std::map<std::string, size_t>& places,
                              const Row& row,
                              text::Analyzer* analyzer,
                              std::vector<text::Token>* tokens) {
  const auto cell = [&](std::string_view name) -> const std::string& {
    return row[places.at(std::string(name))];
  };
  Xapian::Document doc;
  for (const TextField& field : kTexts) {
    analyzer->Analyze(cell(field.name), tokens);
    for (const text::Token& token : *tokens) {
      doc.add_posting(field.prefix + token.text, token.position + 1);
    }
  }
  for (size_t i = 0; i < kFacets.size(); ++i) {
    const std::string& codes = cell(kFacets[i]);
    doc.add_value(static_cast<Xapian::valueno>(i), codes);
    for (const std::string& code : Split(codes, " ")) {
      if (!code.empty()) {
        doc.add_boolean_term(FilterTerm(kFacets[i], code));
      }
    }
  }
  for (size_t i = 0; i < kSorts.size(); ++i) {
    doc.add_value(kSortSlots + static_cast<Xapian::valueno>(i),
                  SortableKey(std::stoull(cell(kSorts[i]))));
  }
  for (size_t i = 0; i < kNumbers.size(); ++i) {
    const double value = std::stod(cell(kNumbers[i]));
    if (value >= 0) {
      doc.add_value(kNumberSlots + static_cast<Xapian::valueno>(i),
                    Xapian::sortable_serialise(value));
    }
  }
  std::string number = cell("number");
  std::erase(number, '-');
  doc.add_value(kNumberSlot, SortableKey(std::stoull(number)));
  doc.set_data(cell("title") + '\t' + cell("employer") + '\t' + cell("workplace") + '\t' +
               cell("description"));
  return doc;
}

void Index(const std::string& postings, const std::string& directory) {
  const auto start = Clock::now();
  const auto analyzer = MakeAnalyzer();
  std::vector<text::Token> tokens;
  std::ifstream input(postings, std::ios::binary);
  std::string line;
  std::getline(input, line);
  std::map<std::string, size_t> places;
  for (const std::string& name : Split(line, "\t")) {
    places.emplace(name, places.size());
  }
  uint64_t count = 0;
  const std::string parts = directory + ".writing";
  {
    Xapian::WritableDatabase database(parts, Xapian::DB_CREATE_OR_OVERWRITE);
    while (std::getline(input, line)) {
      database.add_document(MakeDocument(places, Split(line, "\t"), analyzer.get(), &tokens));
      ++count;
    }
    database.commit();
  }
  Xapian::Database(parts).compact(directory, Xapian::DBCOMPACT_SINGLE_FILE);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("indexed\t%llu\t%.1f\n", static_cast<unsigned long long>(count), seconds);
}

// --- searching ---

// Counts the values of a slot that holds several codes.
class ListSpy final : public Xapian::MatchSpy {
 public:
  explicit ListSpy(Xapian::valueno slot) : slot_(slot) {}
  void operator()(const Xapian::Document& doc, double /*weight*/) override {
    const std::string codes = doc.get_value(slot_);
    for (size_t begin = 0; begin < codes.size();) {
      const size_t end = std::min(codes.find(' ', begin), codes.size());
      ++counts_[codes.substr(begin, end - begin)];
      begin = end + 1;
    }
  }
  [[nodiscard]] size_t size() const { return counts_.size(); }

 private:
  Xapian::valueno slot_;
  std::map<std::string, uint64_t> counts_;
};

// A filter and the facets that ignore it.
struct Filter {
  Xapian::Query query;
  std::vector<size_t> lifts;
};

struct Request {
  std::string name;
  Xapian::Query words;
  std::vector<Filter> filters;
  int sort = -1;
  bool facets = false;
  Xapian::doccount limit = 0;
};

class Searches {
 public:
  explicit Searches(const std::string& directory)
      : database_(directory), enquire_(database_), analyzer_(MakeAnalyzer()) {}

  void Run(const std::string& file) {
    std::vector<Request> requests;
    std::ifstream input(file, std::ios::binary);
    for (std::string line; std::getline(input, line);) {
      requests.push_back(Parse(Split(line, "\t")));
    }
    std::puts("ready");
    std::fflush(stdout);
    for (std::string command; std::getline(std::cin, command);) {
      for (const Request& request : requests) {
        const auto start = Clock::now();
        const uint64_t total = Answer(request);
        const auto took =
            std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
        std::printf("%s\t%lld\t%llu\n",
                    request.name.c_str(),
                    static_cast<long long>(took.count()),
                    static_cast<unsigned long long>(total));
      }
      std::puts("done");
      std::fflush(stdout);
    }
  }

 private:
  Xapian::Query Word(const std::string& word) {
    analyzer_->Analyze(word, &tokens_);
    std::vector<Xapian::Query> fields;
    for (const TextField& field : kTexts) {
      std::vector<std::string> terms;
      for (const text::Token& token : tokens_) {
        if (!token.text.starts_with('~')) {
          terms.push_back(field.prefix + token.text);
        }
      }
      if (terms.empty()) {
        return Xapian::Query::MatchNothing;
      }
      const Xapian::Query query =
          terms.size() == 1 ? Xapian::Query(terms[0])
                            : Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end());
      fields.push_back(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, field.weight));
    }
    return {Xapian::Query::OP_OR, fields.begin(), fields.end()};
  }

  static Xapian::Query AtLeast(size_t number, const std::string& value) {
    return {Xapian::Query::OP_VALUE_GE,
            kNumberSlots + static_cast<Xapian::valueno>(number),
            Xapian::sortable_serialise(std::stod(value))};
  }
  static Xapian::Query AtMost(size_t number, const std::string& value) {
    return {Xapian::Query::OP_VALUE_RANGE,
            kNumberSlots + static_cast<Xapian::valueno>(number),
            Xapian::sortable_serialise(0),
            Xapian::sortable_serialise(std::stod(value))};
  }

  static std::vector<Filter> ParseFilters(const std::map<std::string, std::string>& values) {
    std::vector<Filter> filters;
    Xapian::Query place;
    const auto city = values.find("city");
    for (const auto& [name, value] : values) {
      if (name == "city") {
        place |= Xapian::Query(FilterTerm("city", value));
      } else if (name == "pref" && (city == values.end() || !city->second.starts_with(value))) {
        place |= Xapian::Query(FilterTerm("pref", value));
      } else if (name == "conditions") {
        filters.push_back({Xapian::Query(FilterTerm("conditions", value)), {}});
      } else if (name == "employment") {
        filters.push_back({Xapian::Query(FilterTerm("employment", value)), {5}});
      } else if (name == "occupation") {
        filters.push_back({Xapian::Query(FilterTerm("occupation_middle", value)), {2, 3}});
      } else if (name == "holidays_min") {
        filters.push_back({AtLeast(2, value), {11}});
      } else if (name == "received_within_days") {
        filters.push_back({AtMost(4, value), {12}});
      } else if (name == "walk_max") {
        filters.push_back({AtMost(3, value), {10}});
      }
    }
    if (!place.empty()) {
      filters.push_back({place, {0, 1}});
    }
    Xapian::Query wage;
    if (const auto monthly = values.find("monthly_min"); monthly != values.end()) {
      wage |= AtLeast(0, monthly->second);
    }
    if (const auto hourly = values.find("hourly_min"); hourly != values.end()) {
      wage |= AtLeast(1, hourly->second);
    }
    if (!wage.empty()) {
      filters.push_back({wage, {9}});
    }
    return filters;
  }

  // class, target (of kyujin), words, filters, sort, facets, limit
  Request Parse(const Row& columns) {
    Request request;
    request.name = columns[0];
    for (const std::string& word : Split(columns[2], "　")) {
      if (!word.empty()) {
        request.words = request.words.empty() ? Word(word) : (request.words & Word(word));
      }
    }
    std::map<std::string, std::string> values;
    for (const std::string& filter : Split(columns[3], "&")) {
      if (const size_t equals = filter.find('='); equals != std::string::npos) {
        values.emplace(filter.substr(0, equals), filter.substr(equals + 1));
      }
    }
    request.filters = ParseFilters(values);
    const std::string sort = "sort_" + (columns[4].empty() ? "new" : columns[4]);
    if (columns[2].empty() || !columns[4].empty()) {
      request.sort =
          static_cast<int>(std::find(kSorts.begin(), kSorts.end(), sort) - kSorts.begin());
    }
    request.facets = columns[5] == "1";
    request.limit = static_cast<Xapian::doccount>(std::stoul(columns[6]));
    return request;
  }

  static Xapian::Query Without(const Request& request, const Filter* lifted) {
    Xapian::Query query = request.words.empty() ? Xapian::Query::MatchAll : request.words;
    for (const Filter& filter : request.filters) {
      if (&filter != lifted) {
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, filter.query);
      }
    }
    return query;
  }

  uint64_t Answer(const Request& request) {
    std::vector<size_t> facets;
    for (size_t i = 0; request.facets && i < kFacets.size(); ++i) {
      const bool lifted =
          std::any_of(request.filters.begin(), request.filters.end(), [&](const Filter& filter) {
            return std::find(filter.lifts.begin(), filter.lifts.end(), i) != filter.lifts.end();
          });
      if (!lifted) {
        facets.push_back(i);
      }
    }
    const uint64_t total = Search(request, nullptr, facets, request.limit);
    for (const Filter& filter : request.filters) {
      if (request.facets && !filter.lifts.empty()) {
        Search(request, &filter, filter.lifts, 0);
      }
    }
    return total;
  }

  uint64_t Search(const Request& request,
                  const Filter* lifted,
                  const std::vector<size_t>& facets,
                  Xapian::doccount limit) {
    enquire_.set_query(Without(request, lifted));
    if (request.sort >= 0) {
      enquire_.set_weighting_scheme(Xapian::BoolWeight());
      enquire_.set_sort_by_value(kSortSlots + static_cast<Xapian::valueno>(request.sort), false);
    } else {
      enquire_.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0.5));
      enquire_.set_sort_by_relevance();
    }
    std::vector<std::unique_ptr<Xapian::MatchSpy>> spies;
    for (const size_t facet : facets) {
      const auto slot = static_cast<Xapian::valueno>(facet);
      if (facet == kConditionsFacet) {
        spies.push_back(std::make_unique<ListSpy>(slot));
      } else {
        spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(slot));
      }
      enquire_.add_matchspy(spies.back().get());
    }
    const Xapian::MSet found =
        enquire_.get_mset(0, limit, facets.empty() ? 0 : database_.get_doccount());
    enquire_.clear_matchspies();
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      sink_ += hit.get_document().get_data().size();
    }
    return facets.empty() ? found.get_matches_estimated() : found.get_matches_lower_bound();
  }

  Xapian::Database database_;
  Xapian::Enquire enquire_;
  std::unique_ptr<text::Analyzer> analyzer_;
  std::vector<text::Token> tokens_;
  size_t sink_ = 0;
};

}  // namespace
}  // namespace kyujin::bench

int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "index") {
    kyujin::bench::Index(arguments[1], arguments[2]);
    return 0;
  }
  if (arguments.size() == 3 && arguments[0] == "search") {
    kyujin::bench::Searches(arguments[1]).Run(arguments[2]);
    return 0;
  }
  std::fprintf(stderr, "usage: xapian_peer index POSTINGS INDEX | search INDEX REQUESTS\n");
  return 2;
} catch (const Xapian::Error& error) {
  std::fprintf(stderr, "xapian_peer: %s\n", error.get_description().c_str());
  return 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "xapian_peer: %s\n", error.what());
  return 1;
}
