#include "engine/percolator/percolator.h"

#include <algorithm>
#include <utility>

#include "engine/query/frozen_query.h"

namespace kyujin::percolator {

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

bool Percolator::HoldsNow(const ClauseTable& clauses,
                          ClauseId clause,
                          Date today,
                          PercolatorWorker* worker) {
  ClauseState& state = worker->states_[clause];
  if (state == ClauseState::kUnknown) {
    state = Holds(clauses.clause(clause), worker->facts_, today) ? ClauseState::kHolds
                                                                 : ClauseState::kFails;
  }
  return state == ClauseState::kHolds;
}

void Percolator::EvaluateKeys(Date today, PercolatorWorker* worker) const {
  worker->states_ = clauses_.first_states();
  worker->holding_.clear();
  worker->traits_.Assign(worker->facts_);
  CollectKeys(worker->facts_, today, &worker->keys_);
  for (const Key key : worker->keys_) {
    for (const KeyedClause& keyed : clauses_.WithKey(key)) {
      ClauseState& state = worker->states_[keyed.clause];
      if (state != ClauseState::kHolds && worker->traits_.Has(keyed.also) &&
          (keyed.holds || Holds(clauses_.clause(keyed.clause), worker->facts_, today))) {
        state = ClauseState::kHolds;
        worker->holding_.push_back(keyed.clause);
      }
    }
  }
}

void Percolator::Collect(ClauseId clause,
                         Date today,
                         PercolatorWorker* worker,
                         std::vector<QueryHandle>* matches) const {
  const WaitingQueries* waiting = presearcher_.WaitingAt(clause);
  if (waiting != nullptr) {
    const auto holds = [table = &clauses_, today, worker](ClauseId other) {
      return HoldsNow(*table, other, today, worker);
    };
    waiting->ForEachThat(holds, [&](QueryHandle handle) { matches->push_back(handle); });
  }
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
  EvaluateKeys(today, worker);
  // What is collected next is on its way from memory meanwhile: each waits somewhere else.
  constexpr size_t kFar = 16;
  constexpr size_t kNear = 8;
  const std::vector<ClauseId>& holding = worker->holding_;
  for (size_t i = 0; i < holding.size(); ++i) {
    presearcher_.PrefetchAt(holding[std::min(i + kFar, holding.size() - 1)]);
    presearcher_.PrefetchQueriesAt(holding[std::min(i + kNear, holding.size() - 1)]);
    Collect(holding[i], today, worker, matches);
  }
  for (const ClauseId clause : presearcher_.without_keys()) {
    if (HoldsNow(clauses_, clause, today, worker)) {
      Collect(clause, today, worker, matches);
    }
  }
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
