#include "server/alerts/publication_matcher.h"

#include <algorithm>
#include <optional>

namespace kyujin::alerts {
namespace {

using percolator::QueryHandle;

// A query and the place of a posting that it matches, as one number that sorts by both.
constexpr unsigned kPlaceBits = 32;
uint64_t PairOf(QueryHandle query, uint32_t place) {
  return uint64_t{query} << kPlaceBits | place;
}
QueryHandle QueryIn(uint64_t pair) {
  return static_cast<QueryHandle>(pair >> kPlaceBits);
}

// What one thread found among its postings.
struct Part {
  std::vector<uint32_t> counts;  // by query
  std::vector<uint64_t> pairs;   // of each query, its first kMaxMatchesPerQuery
  Status status;

  void Add(uint32_t place, const std::vector<QueryHandle>& queries) {
    for (const QueryHandle query : queries) {
      if (query >= counts.size()) {
        counts.resize(query + size_t{1});
      }
      if (++counts[query] <= store::kMaxMatchesPerQuery) {
        pairs.push_back(PairOf(query, place));
      }
    }
  }

  [[nodiscard]] uint64_t CountOf(QueryHandle query) const {
    return query < counts.size() ? counts[query] : 0;
  }
};

std::vector<uint64_t> TakePairs(std::vector<Part>* parts) {
  std::vector<uint64_t> pairs = std::move(parts->front().pairs);
  for (size_t i = 1; i < parts->size(); ++i) {
    const std::vector<uint64_t>& more = (*parts)[i].pairs;
    pairs.insert(pairs.end(), more.begin(), more.end());
    (*parts)[i].pairs = {};
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

PublicationMatches Join(const percolator::Percolator& percolator, std::vector<Part>* parts) {
  struct Range {
    size_t begin;
    size_t end;
  };
  const std::vector<uint64_t> pairs = TakePairs(parts);
  PublicationMatches joined;
  std::vector<Range> ranges;
  for (size_t begin = 0; begin < pairs.size();) {
    const QueryHandle query = QueryIn(pairs[begin]);
    size_t end = begin;
    while (end < pairs.size() && QueryIn(pairs[end]) == query) {
      ++end;
    }
    uint64_t count = 0;
    for (const Part& part : *parts) {
      count += part.CountOf(query);
    }
    // Nothing: it was removed meanwhile.
    if (const auto id = percolator.IdOf(query)) {
      const size_t first = joined.places.size();
      for (size_t i = begin; i < end && count <= store::kMaxMatchesPerQuery; ++i) {
        joined.places.push_back(static_cast<uint32_t>(pairs[i]));
      }
      ranges.push_back({first, joined.places.size()});
      joined.queries.push_back({*id, {}, count});
      joined.matches += count;
    }
    begin = end;
  }
  // Only now the places stay where they are.
  for (size_t i = 0; i < ranges.size(); ++i) {
    joined.queries[i].postings =
        std::span(joined.places).subspan(ranges[i].begin, ranges[i].end - ranges[i].begin);
  }
  return joined;
}

}  // namespace

Result<PublicationMatches> PublicationMatcher::Match(
    const percolator::Percolator& percolator,
    const index::Snapshot& snapshot,
    std::span<const index::DocumentAddress> postings,
    Date today) const {
  const size_t tasks = std::max<size_t>(1, std::min(options_.threads, postings.size()));
  std::vector<Part> parts(tasks);
  const auto match = [&](size_t task) {
    Part& part = parts[task];
    percolator::PercolatorWorker worker = percolator.MakeWorker();
    std::vector<QueryHandle> queries;
    const size_t end = postings.size() * (task + 1) / tasks;
    for (size_t place = postings.size() * task / tasks; place < end; ++place) {
      const auto posting = snapshot.ReadPosting(postings[place]);
      if (!posting.has_value()) {
        part.status = posting.error();
        return;
      }
      queries.clear();
      percolator.Match(*posting, today, &worker, &queries);
      part.Add(static_cast<uint32_t>(place), queries);
    }
  };
  if (options_.run_parallel && tasks > 1) {
    options_.run_parallel(tasks, match);
  } else {
    for (size_t task = 0; task < tasks; ++task) {
      match(task);
    }
  }
  for (const Part& part : parts) {
    KYUJIN_RETURN_IF_ERROR(part.status);
  }
  return Join(percolator, &parts);
}

}  // namespace kyujin::alerts
