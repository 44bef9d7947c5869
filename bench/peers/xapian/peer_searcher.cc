#include "bench/peers/xapian/peer_searcher.h"

#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <vector>

#include "bench/peers/xapian/peer_columns.h"
#include "bench/peers/xapian/peer_layout.h"
#include "bench/peers/xapian/peer_request.h"

namespace kyujin::bench {
namespace {

using Clock = std::chrono::steady_clock;

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

 private:
  Xapian::valueno slot_;
  std::map<std::string, uint64_t> counts_;
};

// Confined to one thread. Holds a reference to the columns.
class PeerSearcher {
 public:
  PeerSearcher(const std::string& directory, const PeerColumns& columns)
      : columns_(columns), database_(directory), enquire_(database_) {}

  // Returns the total. Each lifted filter costs one more search: Xapian has no other way.
  uint64_t Answer(const PeerRequest& request) {
    std::vector<size_t> facets;
    for (size_t i = 0; request.facets && i < columns_.facets.size(); ++i) {
      const bool is_lifted = std::any_of(
          request.filters.begin(), request.filters.end(), [&](const PeerFilter& filter) {
            return std::find(filter.lifts.begin(), filter.lifts.end(), i) != filter.lifts.end();
          });
      if (!is_lifted) {
        facets.push_back(i);
      }
    }
    const uint64_t total = Search(request, nullptr, facets, request.limit);
    for (const PeerFilter& filter : request.filters) {
      if (request.facets && !filter.lifts.empty()) {
        Search(request, &filter, filter.lifts, 0);
      }
    }
    return total;
  }

 private:
  static Xapian::Query Without(const PeerRequest& request, const PeerFilter* lifted) {
    Xapian::Query query = request.words.empty() ? Xapian::Query::MatchAll : request.words;
    for (const PeerFilter& filter : request.filters) {
      if (&filter != lifted) {
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, filter.query);
      }
    }
    return query;
  }

  void SetOrder(const PeerRequest& request) {
    if (request.sort >= 0) {
      enquire_.set_weighting_scheme(Xapian::BoolWeight());
      enquire_.set_sort_by_value(Slot(kSortSlots, static_cast<size_t>(request.sort)), false);
    } else {
      constexpr double kK1 = 1.2;
      constexpr double kB = 0.75;
      constexpr double kMinimalLength = 0.5;
      enquire_.set_weighting_scheme(Xapian::BM25Weight(kK1, 0, 1, kB, kMinimalLength));
      enquire_.set_sort_by_relevance();
    }
  }

  uint64_t Search(const PeerRequest& request,
                  const PeerFilter* lifted,
                  const std::vector<size_t>& facets,
                  Xapian::doccount limit) {
    enquire_.set_query(Without(request, lifted));
    SetOrder(request);
    std::vector<std::unique_ptr<Xapian::MatchSpy>> spies;
    for (const size_t facet : facets) {
      if (columns_.facets[facet].is_list) {
        spies.push_back(std::make_unique<ListSpy>(Slot(0, facet)));
      } else {
        spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(Slot(0, facet)));
      }
      enquire_.add_matchspy(spies.back().get());
    }
    const Xapian::MSet found =
        enquire_.get_mset(0, limit, facets.empty() ? 0 : database_.get_doccount());
    enquire_.clear_matchspies();
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      shown_bytes_ += hit.get_document().get_data().size();
    }
    return facets.empty() ? found.get_matches_estimated() : found.get_matches_lower_bound();
  }

  const PeerColumns& columns_;
  Xapian::Database database_;
  Xapian::Enquire enquire_;
  size_t shown_bytes_ = 0;
};

PeerColumns ReadColumns(const std::string& postings) {
  std::ifstream input(postings, std::ios::binary);
  std::string header;
  std::getline(input, header);
  return PeerColumns(header);
}

void Pass(const std::vector<PeerRequest>& requests, PeerSearcher* searcher) {
  for (const PeerRequest& request : requests) {
    const auto start = Clock::now();
    const uint64_t total = searcher->Answer(request);
    const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
    std::printf("%s\t%lld\t%llu\n",
                request.name.c_str(),
                static_cast<long long>(took.count()),
                static_cast<unsigned long long>(total));
  }
  std::puts("done");
  std::fflush(stdout);
}

}  // namespace

void AnswerRequests(const std::string& directory,
                    const std::string& requests,
                    const std::string& postings) {
  const PeerColumns columns = ReadColumns(postings);
  PeerRequestParser parser(columns);
  std::vector<PeerRequest> parsed;
  std::ifstream input(requests, std::ios::binary);
  for (std::string line; std::getline(input, line);) {
    parsed.push_back(parser.Parse(Split(line, "\t")));
  }
  PeerSearcher searcher(directory, columns);
  std::puts("ready");
  std::fflush(stdout);
  for (std::string command; std::getline(std::cin, command);) {
    Pass(parsed, &searcher);
  }
}

}  // namespace kyujin::bench
