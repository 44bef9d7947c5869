#include "bench/record_publication.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <vector>

#include "bench/cpu_time.h"
#include "engine/base/clock.h"
#include "server/alerts/publication_matcher.h"
#include "server/app/parallel_tasks.h"
#include "server/store/open_store.h"

namespace kyujin::bench {
namespace {

constexpr size_t kThreads = 2;

double Seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

// Time since it was made: on the clock, and computed by all threads of the process.
class Stopwatch {
 public:
  [[nodiscard]] double Wall() const { return Seconds(std::chrono::steady_clock::now() - wall_); }
  [[nodiscard]] double Cpu() const { return Seconds(ProcessCpuTime() - cpu_); }

 private:
  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
  std::chrono::nanoseconds cpu_ = ProcessCpuTime();
};

// Postings spread over the index, and where they are.
struct Published {
  std::vector<store::PublishedPosting> postings;
  std::vector<index::DocumentAddress> addresses;
};

Published Choose(const index::Snapshot& snapshot, uint64_t wanted) {
  const auto& columns = snapshot.segments().front()->columns();
  const uint64_t documents = columns.documents();
  const uint64_t count = std::min(wanted, documents);
  Published published;
  for (uint64_t i = 0; i < count; ++i) {
    const auto doc = static_cast<DocId>(i * documents / count);
    published.postings.push_back({columns.numbers()[doc], columns.versions()[doc]});
    published.addresses.push_back({0, doc});
  }
  return published;
}

}  // namespace

Status RecordPublication(const PublicationWorld& world,
                         const std::string& store,
                         uint64_t postings) {
  const Published published = Choose(world.snapshot, postings);
  const SystemClock clock;
  KYUJIN_ASSIGN_OR_RETURN(const auto opened, store::OpenStore(store, clock));
  const alerts::PublicationMatcher matcher({kThreads, app::RunParallel});
  const Stopwatch stopwatch;
  KYUJIN_ASSIGN_OR_RETURN(
      const alerts::PublicationMatches matches,
      matcher.Match(world.percolator, world.snapshot, published.addresses, world.today));
  const double matched = stopwatch.Wall();
  const double matched_cpu = stopwatch.Cpu();
  const uint64_t index_id = world.snapshot.index_id();
  KYUJIN_ASSIGN_OR_RETURN(const std::optional<uint64_t> mark,
                          opened->PercolatedGeneration(index_id));
  KYUJIN_ASSIGN_OR_RETURN(
      const store::RecordOutcome outcome,
      opened->RecordMatches({index_id, mark.value_or(0) + 1, published.postings, 0},
                            matches.queries));
  if (outcome != store::RecordOutcome::kRecorded) {
    return InvalidArgument("the store is not a benchmark's own: " + store);
  }
  std::printf(
      "%zu postings, %zu queries, %llu matches: matched on two threads in %.1f s (CPU %.1f s), "
      "with recording %.1f s (CPU %.1f s)\n",
      published.postings.size(),
      matches.queries.size(),
      static_cast<unsigned long long>(matches.matches),
      matched,
      matched_cpu,
      stopwatch.Wall(),
      stopwatch.Cpu());
  return {};
}

}  // namespace kyujin::bench
