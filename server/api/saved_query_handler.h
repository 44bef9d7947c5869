// /v1/saved-queries (API.md 7): people save searches, come back to them and see what they find.
// Thin: engine/query freezes and reads searches, SearchHandler runs them, the store keeps them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/query/frozen_query.h"
#include "server/api/access.h"
#include "server/api/saved_query_codec.h"
#include "server/api/search_handler.h"
#include "server/api/search_worker.h"
#include "server/api/unseen_postings.h"

namespace kyujin::api {

// The references outlive the handler.
struct SavedQueryServices {
  store::Store& store;
  const Access& access;
  const index::SnapshotHolder& snapshots;
  search::Searcher& searcher;
  SearchHandler& search_handler;
  const Calendar& calendar;
  http::HttpObserver& observer;
  uint32_t max_per_user = 0;
};

// Thread rule: **Thread-safe**, as no two calls run under one worker index at once.
class SavedQueryHandler {
 public:
  // `workers` outlive the handler.
  SavedQueryHandler(const SavedQueryServices& services, SearchWorkers& workers)
      : services_(services), workers_(workers) {}

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router);

 private:
  using Frozen = std::variant<query::FrozenQuery, http::HttpResponse>;

  http::HttpResponse Create(const ActorCall& call);
  http::HttpResponse List(const ActorCall& call);
  http::HttpResponse Get(const ActorCall& call);
  http::HttpResponse Change(const ActorCall& call);
  http::HttpResponse Delete(const ActorCall& call);
  http::HttpResponse Results(const ActorCall& call);
  http::HttpResponse MarkSeen(const ActorCall& call);

  // Checks the member `query` of a body as a search, and freezes it.
  Frozen Freeze(const JsonValue& body, const index::Snapshot& snapshot, const ActorCall& call);
  http::HttpResponse Keep(const ActorCall& call,
                          const store::NewSavedQuery& made,
                          const std::optional<store::IdempotencyKey>& key,
                          const SavedQueryCounts& counts);
  Result<SavedQueryCounts> Count(const query::FrozenQuery& frozen,
                                 const index::Snapshot& snapshot,
                                 const ActorCall& call);
  Result<uint64_t> Total(const query::SearchRequest& search,
                         const index::Snapshot& snapshot,
                         const ActorCall& call);
  // Runs a saved query that the tables still know, restricted by the call's parameters.
  http::HttpResponse Run(const store::SavedQuery& saved,
                         const query::SearchRequest& search,
                         const ActorCall& call);
  text::Analyzer* AnalyzerOf(const ActorCall& call) {
    return &workers_[call.context.worker_index].analyzer;
  }
  std::string Written(const store::SavedQuery& saved, const ActorCall& call);

  SavedQueryServices services_;
  SearchWorkers& workers_;
  UnseenPostings unseen_;
};

}  // namespace kyujin::api
