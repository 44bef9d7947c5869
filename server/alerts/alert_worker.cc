#include "server/alerts/alert_worker.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/index/manifest.h"

namespace kyujin::alerts {
namespace {

constexpr size_t kSamplePostings = 256;

// Postings spread over the index.
std::vector<schema::JobPosting> SampleOf(const index::Snapshot& snapshot) {
  std::vector<schema::JobPosting> sample;
  for (uint32_t segment = 0; segment < snapshot.segments().size(); ++segment) {
    const uint64_t documents = snapshot.segments()[segment]->documents();
    const uint64_t all = std::max<uint64_t>(snapshot.documents(), 1);
    const uint64_t wanted = std::min(documents, kSamplePostings * documents / all);
    for (uint64_t i = 0; i < wanted; ++i) {
      auto posting = snapshot.ReadPosting({segment, static_cast<DocId>(i * documents / wanted)});
      // One that cannot be read is none of ours to report: only the order of looking depends on it.
      if (posting.has_value()) {
        sample.push_back(*std::move(posting));
      }
    }
  }
  return sample;
}

}  // namespace

AlertWorker::AlertWorker(store::Store& store,
                         percolator::Percolator& percolator,
                         AlertObserver& observer,
                         PublicationMatcherOptions options)
    : store_(store),
      percolator_(percolator),
      observer_(observer),
      queries_(store, percolator, observer),
      matcher_(std::move(options)) {}

Status AlertWorker::Load(const index::Snapshot& snapshot) {
  const Result<Date> day = Date::Parse(snapshot.as_of().substr(0, 10));
  if (day.has_value()) {
    percolator_.Learn(SampleOf(snapshot), *day);
  }
  KYUJIN_RETURN_IF_ERROR(queries_.Load());
  percolator_.Settle();
  return {};
}

Status AlertWorker::Follow() {
  const auto added = queries_.Follow();
  return added.has_value() ? Status() : Status(added.error());
}

Status AlertWorker::CatchUp(const index::Snapshot& snapshot) {
  KYUJIN_ASSIGN_OR_RETURN(const std::optional<uint64_t> mark,
                          store_.PercolatedGeneration(snapshot.index_id()));
  if (!mark) {
    return MarkOnly(snapshot);
  }
  uint64_t generation = *mark + 1;
  const uint64_t kept = snapshot.manifest().changes_from;
  if (generation < kept && generation <= snapshot.generation()) {
    observer_.OnLostChanges(kept - 1);
    generation = kept;
  }
  for (; generation <= snapshot.generation(); ++generation) {
    const auto list =
        index::ReadChangeList(snapshot.directory() / index::ChangeFileName(generation));
    if (!list.has_value() && list.error().code == ErrorCode::kNotFound) {
      observer_.OnLostChanges(generation);  // the writer has removed it meanwhile
      continue;
    }
    KYUJIN_RETURN_IF_ERROR(list);
    KYUJIN_RETURN_IF_ERROR(Record(*list, snapshot));
  }
  return MarkOnly(snapshot);
}

Status AlertWorker::MarkOnly(const index::Snapshot& snapshot) {
  KYUJIN_ASSIGN_OR_RETURN(const std::optional<uint64_t> mark,
                          store_.PercolatedGeneration(snapshot.index_id()));
  if (mark && *mark >= snapshot.generation()) {
    return {};
  }
  store::RecordOutcome outcome = store::RecordOutcome::kStale;
  while (outcome == store::RecordOutcome::kStale) {
    KYUJIN_RETURN_IF_ERROR(Follow());
    KYUJIN_ASSIGN_OR_RETURN(
        outcome,
        store_.RecordMatches(
            {snapshot.index_id(), snapshot.generation(), {}, queries_.known_changes()}, {}));
  }
  return {};
}

AlertWorker::News AlertWorker::NewsOf(const index::ChangeList& list,
                                      const index::Snapshot& snapshot) {
  News news;
  for (const index::Change& change : list.changes) {
    // A posting that a later generation removed or changed is gone or tells what it is now.
    const auto address = index::IsNews(change.op)
                             ? snapshot.Find(schema::PostingNumber::FromValue(change.number))
                             : std::nullopt;
    if (address) {
      const auto& columns = snapshot.segments()[address->segment]->columns();
      news.postings.push_back({change.number, columns.versions()[address->doc]});
      news.addresses.push_back(*address);
    }
  }
  return news;
}

Result<PublicationMatches> AlertWorker::MatchNew(const std::vector<FollowedQuery>& queries,
                                                 const News& news,
                                                 const index::ChangeList& list,
                                                 const index::Snapshot& snapshot) {
  const auto percolator = percolator_.MakeEmpty();
  for (const FollowedQuery& query : queries) {
    // What cannot be read was reported when it was followed.
    static_cast<void>(percolator->Add(query.id, query.canonical));
  }
  return matcher_.Match(*percolator, snapshot, news.addresses, list.date);
}

Status AlertWorker::Record(const index::ChangeList& list, const index::Snapshot& snapshot) {
  using std::chrono::steady_clock;
  const auto start = steady_clock::now();
  KYUJIN_RETURN_IF_ERROR(Follow());
  const News news = NewsOf(list, snapshot);
  int64_t known_changes = queries_.known_changes();
  KYUJIN_ASSIGN_OR_RETURN(PublicationMatches matches,
                          matcher_.Match(percolator_, snapshot, news.addresses, list.date));
  RecordedGeneration recorded{list.generation, news.postings.size(), 0, 0, {}};
  for (;;) {
    recorded.queries += matches.queries.size();
    recorded.matches += matches.matches;
    KYUJIN_ASSIGN_OR_RETURN(
        const store::RecordOutcome outcome,
        store_.RecordMatches({list.index_id, list.generation, news.postings, known_changes},
                             matches.queries));
    if (outcome == store::RecordOutcome::kAlreadyRecorded) {
      return {};
    }
    if (outcome == store::RecordOutcome::kRecorded) {
      break;
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<FollowedQuery> added, queries_.Follow());
    known_changes = queries_.known_changes();
    KYUJIN_ASSIGN_OR_RETURN(matches, MatchNew(added, news, list, snapshot));
  }
  recorded.took =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
  observer_.OnRecorded(recorded);
  return {};
}

}  // namespace kyujin::alerts
