// GET /v1/jobs and POST /v1/jobs/search: from an HTTP request to the answer of a search. Thin:
// parameters are read by engine/query, the search is done by engine/search, the body is written by
// search_codec.h.
#pragma once

#include <chrono>
#include <functional>

#include "engine/query/request_parser.h"
#include "engine/search/searcher.h"
#include "server/api/calendar.h"
#include "server/api/result_cache.h"
#include "server/api/search_codec.h"
#include "server/api/search_worker.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::api {

// The references outlive the handler.
struct SearchServices {
  const index::SnapshotHolder& snapshots;
  search::Searcher& searcher;
  const Calendar& calendar;
  http::HttpObserver& observer;
  size_t result_cache_bytes = 0;  // memory for finished answers; 0: every request is searched
};

// Thread rule: **Thread-safe**, as no two calls run under one worker index at once.
class SearchHandler {
 public:
  // Bodies of searches: long lists of numbers come by POST.
  static constexpr size_t kMaxBodyBytes = 4U << 20;

  // `workers` outlive the handler.
  SearchHandler(const SearchServices& services, SearchWorkers& workers)
      : services_(services), workers_(workers), results_(services.result_cache_bytes) {}

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router);

  http::HttpResponse Get(const http::HttpRequest& request, const http::HandlerContext& context);
  http::HttpResponse Post(const http::HttpRequest& request, const http::HandlerContext& context);
  // Answers a request that was read; `conditional` is the HTTP request when If-None-Match counts.
  http::HttpResponse Answer(const query::SearchRequest& search,
                            const http::HttpRequest* conditional,
                            const http::HandlerContext& context);

 private:
  // Returns the answer of the result cache, or what `make` makes, which is then kept there.
  template <class Make>
  Result<std::string> Remembered(const std::string& key, Make&& make);
  // Searches and reads the page's postings.
  Result<std::string> Body(const query::SearchRequest& search,
                           const index::Snapshot& snapshot,
                           Date today,
                           const http::HandlerContext& context);
  void HighlightHits(const query::SearchRequest& search,
                     const http::HandlerContext& context,
                     SearchAnswer* answer);

  SearchServices services_;
  SearchWorkers& workers_;
  ResultCache results_;
};

}  // namespace kyujin::api
