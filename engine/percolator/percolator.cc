#include "engine/percolator/percolator.h"

#include <algorithm>
#include <utility>

#include "engine/query/frozen_query.h"

namespace kyujin::percolator {
namespace {

// Says of each clause of a posting whether it holds, looking at it the first time only.
class ClauseChecker {
 public:
  ClauseChecker(const ClauseTable& clauses,
                const PostingFacts& facts,
                Date today,
                ClauseStates* states)
      : clauses_(clauses), facts_(facts), today_(today), states_(states) {}

  [[nodiscard]] bool MayHold(ClauseId clause) const { return states_->MayHold(clause); }
  bool operator()(ClauseId clause) const {
    return states_->MayHold(clause) && (!states_->IsUnknown(clause) || Look(clause));
  }

  // Looks at the clauses that are not known to hold, and adds those that do to `*holding`.
  void LookAt(const std::vector<ClauseId>& clauses, std::vector<ClauseId>* holding) const {
    // What is looked at next is on its way from memory meanwhile.
    constexpr size_t kFar = 24;
    constexpr size_t kNear = 16;
    constexpr size_t kNext = 8;
    const auto at = [&](size_t i) { return clauses[std::min(i, clauses.size() - 1)]; };
    for (size_t i = 0; i < clauses.size(); ++i) {
      clauses_.Prefetch(at(i + kFar));
      clauses_.PrefetchTests(at(i + kNear));
      clauses_.PrefetchWords(at(i + kNext));
      if (!states_->Holds(clauses[i]) && Look(clauses[i])) {
        holding->push_back(clauses[i]);
      }
    }
  }

 private:
  [[nodiscard]] bool Look(ClauseId clause) const {
    const bool holds = Holds(clauses_.clause(clause), facts_, today_);
    if (holds) {
      states_->SetHolds(clause);
    } else {
      states_->SetFails(clause);
    }
    return holds;
  }

  const ClauseTable& clauses_;
  const PostingFacts& facts_;
  Date today_;
  ClauseStates* states_;
};

}  // namespace

Percolator::Percolator(std::shared_ptr<const text::AnalyzerModel> model)
    : model_(std::move(model)), clauses_(model_) {}

void Percolator::Learn(const std::vector<schema::JobPosting>& postings, Date today) {
  PostingReader reader(model_);
  std::vector<PostingFacts> sample(postings.size());
  for (size_t i = 0; i < postings.size(); ++i) {
    reader.Read(postings[i], &sample[i]);
  }
  const WriterLock lock(mutex_);
  clauses_.SetSample(std::move(sample), today);
}

Status Percolator::Add(QueryId id, std::string_view canonical) {
  const std::vector<std::string> parts = query::SplitFrozenQuery(canonical);
  const WriterLock lock(mutex_);
  if (handles_.contains(id)) {
    return {};
  }
  StoredQuery query{id, true, {}};
  Status status;
  for (const std::string& part : parts) {
    const Result<ClauseId> clause = clauses_.Acquire(part);
    if (!clause.has_value()) {
      status = clause.error();
      break;
    }
    const bool is_there =
        std::find(query.clauses.begin(), query.clauses.end(), *clause) != query.clauses.end();
    if (is_there || clauses_.clause(*clause).empty()) {
      clauses_.Release(*clause);
    } else {
      query.clauses.push_back(*clause);
    }
  }
  if (!status.has_value()) {
    for (const ClauseId clause : query.clauses) {
      clauses_.Release(clause);
    }
    return status;
  }
  DropSymbols(&query.clauses);
  OrderClauses(clauses_, &query.clauses);
  query.clauses.shrink_to_fit();
  const auto handle = static_cast<QueryHandle>(queries_.size());
  presearcher_.Add(handle, query.clauses, clauses_);
  handles_.emplace(id, handle);
  queries_.push_back(std::move(query));
  return {};
}

void Percolator::DropSymbols(std::vector<ClauseId>* clauses) {
  bool has_words = false;
  for (const ClauseId clause : *clauses) {
    has_words = has_words || clauses_.clause(clause).has_words();
  }
  if (!has_words) {
    return;
  }
  std::vector<ClauseId> kept;
  for (const ClauseId clause : *clauses) {
    if (clauses_.clause(clause).is_symbols) {
      clauses_.Release(clause);
    } else {
      kept.push_back(clause);
    }
  }
  *clauses = std::move(kept);
}

void Percolator::Remove(QueryId id) {
  const WriterLock lock(mutex_);
  const auto handle = handles_.find(id);
  if (handle == handles_.end()) {
    return;
  }
  StoredQuery& query = queries_[handle->second];
  presearcher_.Remove(handle->second, query.clauses);
  for (const ClauseId clause : query.clauses) {
    clauses_.Release(clause);
  }
  query = {};
  handles_.erase(handle);
}

void Percolator::Settle() {
  const WriterLock lock(mutex_);
  presearcher_.Sort();
}

void Percolator::LookUpKeys(Date today, PercolatorWorker* worker) const {
  worker->states_.Reset(clauses_.without_keys());
  worker->looked_at_.clear();
  worker->holding_.clear();
  worker->traits_.Assign(worker->facts_);
  CollectKeys(worker->facts_, today, &worker->keys_);
  clauses_.keys().ForEachWith(worker->keys_, &worker->keyed_, [worker](const KeyedClause& keyed) {
    if (!worker->traits_.Has(keyed.also) || worker->states_.Holds(keyed.clause)) {
      return;
    }
    if (keyed.holds) {
      worker->states_.SetHolds(keyed.clause);
      worker->holding_.push_back(keyed.clause);
    } else {
      worker->looked_at_.push_back(keyed.clause);
    }
  });
}

void Percolator::Match(const schema::JobPosting& posting,
                       Date today,
                       PercolatorWorker* worker,
                       std::vector<QueryHandle>* matches) const {
  worker->reader_.Read(posting, &worker->facts_);
  if (!IsOpen(worker->facts_, today)) {
    return;
  }
  const ReaderLock lock(mutex_);
  LookUpKeys(today, worker);
  const ClauseChecker checker(clauses_, worker->facts_, today, &worker->states_);
  checker.LookAt(worker->looked_at_, &worker->holding_);
  checker.LookAt(presearcher_.without_keys(), &worker->holding_);
  presearcher_.waiting().ForEachThat(
      worker->holding_, &worker->waiting_, checker, [matches](std::span<const QueryHandle> found) {
        matches->insert(matches->end(), found.begin(), found.end());
      });
  const std::vector<QueryHandle>& unconditional = presearcher_.unconditional();
  matches->insert(matches->end(), unconditional.begin(), unconditional.end());
}

std::optional<QueryId> Percolator::IdOf(QueryHandle handle) const {
  const ReaderLock lock(mutex_);
  const StoredQuery& query = queries_.at(handle);
  return query.is_stored ? std::optional(query.id) : std::nullopt;
}

size_t Percolator::handles() const {
  const ReaderLock lock(mutex_);
  return queries_.size();
}

size_t Percolator::size() const {
  const ReaderLock lock(mutex_);
  return handles_.size();
}

size_t Percolator::clauses() const {
  const ReaderLock lock(mutex_);
  return clauses_.size();
}

}  // namespace kyujin::percolator
