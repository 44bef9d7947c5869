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
  const bool has_words = std::any_of(clauses->begin(), clauses->end(), [this](ClauseId clause) {
    return clauses_.clause(clause).has_words();
  });
  const auto symbols = [this](ClauseId clause) { return clauses_.clause(clause).is_symbols; };
  const auto kept =
      has_words ? std::stable_partition(
                      clauses->begin(), clauses->end(), [&](ClauseId c) { return !symbols(c); })
                : clauses->end();
  std::for_each(kept, clauses->end(), [this](ClauseId clause) { clauses_.Release(clause); });
  clauses->erase(kept, clauses->end());
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

bool Percolator::HoldsNow(ClauseId clause, Date today, PercolatorWorker* worker) const {
  using State = PercolatorWorker::State;
  State& state = worker->states_[clause];
  if (state == State::kUnknown) {
    // What has keys and was not found by them does not hold.
    if (clauses_.has_keys(clause)) {
      return false;
    }
    state = Holds(clauses_.clause(clause), worker->facts_, today) ? State::kHolds : State::kFails;
    worker->touched_.push_back(clause);
  }
  return state == State::kHolds;
}

void Percolator::EvaluateKeys(Date today, PercolatorWorker* worker) const {
  using State = PercolatorWorker::State;
  CollectKeys(worker->facts_, today, &worker->keys_);
  for (const Key key : worker->keys_) {
    for (const KeyedClause& keyed : clauses_.WithKey(key)) {
      State& state = worker->states_[keyed.clause];
      if (state != State::kUnknown) {
        continue;
      }
      const bool holds = keyed.holds || Holds(clauses_.clause(keyed.clause), worker->facts_, today);
      state = holds ? State::kHolds : State::kFails;
      worker->touched_.push_back(keyed.clause);
      if (holds) {
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
    waiting->ForEachThat([&](ClauseId other) { return HoldsNow(other, today, worker); },
                         [&](QueryHandle handle) { matches->push_back(handle); });
  }
}

void Percolator::Match(const schema::JobPosting& posting,
                       Date today,
                       PercolatorWorker* worker,
                       std::vector<QueryHandle>* matches) const {
  using State = PercolatorWorker::State;
  worker->reader_.Read(posting, &worker->facts_);
  if (!IsOpen(worker->facts_, today)) {
    return;
  }
  const ReaderLock lock(mutex_);
  worker->states_.resize(std::max(worker->states_.size(), clauses_.size()), State::kUnknown);
  worker->holding_.clear();
  EvaluateKeys(today, worker);
  for (const ClauseId clause : worker->holding_) {
    Collect(clause, today, worker, matches);
  }
  for (const ClauseId clause : presearcher_.without_keys()) {
    if (HoldsNow(clause, today, worker)) {
      Collect(clause, today, worker, matches);
    }
  }
  const std::vector<QueryHandle>& unconditional = presearcher_.unconditional();
  matches->insert(matches->end(), unconditional.begin(), unconditional.end());
  for (const ClauseId clause : worker->touched_) {
    worker->states_[clause] = State::kUnknown;
  }
  worker->touched_.clear();
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
