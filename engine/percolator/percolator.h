// Percolator: which saved queries a posting is found by, the search turned round. All canonical
// queries are compiled and kept in memory; a posting is looked up among them by what it has. The
// rule that holds: the queries of Match are those whose search, restricted to the posting's number,
// finds it in the same generation on the same day.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "engine/percolator/clause_states.h"
#include "engine/percolator/clause_table.h"
#include "engine/percolator/key_table.h"
#include "engine/percolator/posting_facts.h"
#include "engine/percolator/presearcher.h"
#include "engine/percolator/stored_query.h"
#include "engine/schema/job_posting.h"
#include "engine/text/analyzer.h"

namespace kyujin::percolator {

// What a thread keeps from posting to posting; it remembers analysed texts, so it should not
// outlive a publication by long. Confined to one thread.
class PercolatorWorker {
 public:
  explicit PercolatorWorker(const std::shared_ptr<const text::AnalyzerModel>& model)
      : reader_(model) {}

 private:
  friend class Percolator;

  PostingReader reader_;
  PostingFacts facts_;
  std::vector<Key> keys_;
  TraitSet traits_;
  KeyTable::Scratch keyed_;
  ClauseStates states_;
  std::vector<ClauseId> looked_at_;  // those with keys that need a look
  std::vector<ClauseId> holding_;    // those that hold, of those at which queries wait
  WaitingQueries::Scratch waiting_;
};

// Thread rule: Thread-safe. Match takes a shared lock for one posting; Add and Remove take the lock
// alone for microseconds, and hold from their return on.
class Percolator {
 public:
  explicit Percolator(std::shared_ptr<const text::AnalyzerModel> model);

  // Some postings (a few hundred) that new ones will resemble: the order in which clauses of
  // queries added later are looked at follows from them. Without them only speed suffers.
  void Learn(const std::vector<schema::JobPosting>& postings, Date today);

  // Adds a canonical query (query::FrozenQuery::canonical); one that is there already stays.
  // Errors: kInvalidArgument naming the parameter that the tables do not know any more; the query
  // then matches nothing.
  Status Add(QueryId id, std::string_view canonical);
  // Removing what is not there changes nothing.
  void Remove(QueryId id);

  // Brings the queries added so far into the order that Match is fastest with. Takes the lock alone
  // for some hundred milliseconds with a million queries: for once after loading them.
  void Settle();

  // Appends the queries that find `posting` on that day, each once, in no order.
  void Match(const schema::JobPosting& posting,
             Date today,
             PercolatorWorker* worker,
             std::vector<QueryHandle>* matches) const;
  // Returns the query of a handle that Match gave; nothing when it has been removed since.
  [[nodiscard]] std::optional<QueryId> IdOf(QueryHandle handle) const;

  // A worker for one thread, and a percolator without queries that reads words as this one does.
  [[nodiscard]] PercolatorWorker MakeWorker() const { return PercolatorWorker(model_); }
  [[nodiscard]] std::unique_ptr<Percolator> MakeEmpty() const {
    return std::make_unique<Percolator>(model_);
  }

  // Handles are below this.
  [[nodiscard]] size_t handles() const;
  // Number of queries, and of different clauses they are made of.
  [[nodiscard]] size_t size() const;
  [[nodiscard]] size_t clauses() const;

 private:
  // Lets go of those of `clauses` that mean nothing beside the others.
  void DropSymbols(std::vector<ClauseId>* clauses) KYUJIN_REQUIRES(mutex_);
  // Sets the clauses that hold or need a look by the keys of the posting.
  void LookUpKeys(Date today, PercolatorWorker* worker) const KYUJIN_REQUIRES_SHARED(mutex_);

  const std::shared_ptr<const text::AnalyzerModel> model_;
  mutable SharedMutex mutex_;
  ClauseTable clauses_ KYUJIN_GUARDED_BY(mutex_);
  Presearcher presearcher_ KYUJIN_GUARDED_BY(mutex_);
  std::vector<StoredQuery> queries_ KYUJIN_GUARDED_BY(mutex_);  // by handle
  std::unordered_map<QueryId, QueryHandle> handles_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::percolator
