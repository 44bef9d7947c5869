// GET /v1/suggest: what a person may mean by what is typed so far, with live counts under the
// filters of the call (API.md 6).
#pragma once

#include "engine/query/suggest_parser.h"
#include "engine/search/searcher.h"
#include "engine/suggest/suggester.h"
#include "server/api/calendar.h"
#include "server/api/search_worker.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::api {

// The references outlive the handler.
struct SuggestServices {
  const index::SnapshotHolder& snapshots;
  search::Searcher& searcher;
  suggest::Suggester& suggester;
  const Calendar& calendar;
  http::HttpObserver& observer;
};

// Thread rule: **Thread-safe**, as no two calls run under one worker index at once.
class SuggestHandler {
 public:
  // `workers` outlive the handler.
  SuggestHandler(const SuggestServices& services, SearchWorkers& workers)
      : services_(services), workers_(workers) {}

  // Adds its route. The handler must outlive the router.
  void AddRoutes(http::Router* router);

  http::HttpResponse Get(const http::HttpRequest& request, const http::HandlerContext& context);

 private:
  Result<std::string> Body(const query::SuggestOutcome& asked,
                           const index::Snapshot& snapshot,
                           const http::HandlerContext& context);
  // Returns the total of a search for `words` under the same filters.
  Result<uint64_t> CountWords(std::string_view words,
                              const query::SuggestOutcome& asked,
                              const search::SearchContext& search,
                              const http::HandlerContext& context);

  SuggestServices services_;
  SearchWorkers& workers_;
};

}  // namespace kyujin::api
