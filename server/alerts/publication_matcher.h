// PublicationMatcher: which queries the postings of one publication match, in the form that the
// store records.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/percolator/percolator.h"
#include "server/store/store_rows.h"

namespace kyujin::alerts {

// Runs task(0) … task(tasks − 1), each once, some at the same time perhaps, and returns when all
// have ended.
using ParallelRunner = std::function<void(size_t tasks, const std::function<void(size_t)>& task)>;

// Matches of a publication by query. The spans of `queries` are into `places`. Thread rule:
// Immutable.
struct PublicationMatches {
  std::vector<uint32_t> places;
  std::vector<store::QueryMatches> queries;
  uint64_t matches = 0;
};

struct PublicationMatcherOptions {
  size_t threads = 1;
  ParallelRunner run_parallel;  // nothing: one task after the other
};

// Confined to one thread.
class PublicationMatcher {
 public:
  explicit PublicationMatcher(PublicationMatcherOptions options) : options_(std::move(options)) {}

  // Matches the documents at `postings` as they are in `snapshot`. A query that matches more than
  // kMaxMatchesPerQuery of them is a summary. Errors: kCorruption.
  [[nodiscard]] Result<PublicationMatches> Match(const percolator::Percolator& percolator,
                                                 const index::Snapshot& snapshot,
                                                 std::span<const index::DocumentAddress> postings,
                                                 Date today) const;

 private:
  const PublicationMatcherOptions options_;
};

}  // namespace kyujin::alerts
