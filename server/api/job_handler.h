// GET /v1/jobs/{number}: one posting object (API.md 6).
#pragma once

#include <string_view>

#include "engine/index/removed_postings.h"
#include "engine/index/snapshot.h"
#include "engine/schema/job_posting.h"
#include "server/api/calendar.h"
#include "server/http/http_observer.h"
#include "server/http/router.h"

namespace kyujin::api {

// What a posting's number leads to on a day.
enum class JobState { kOpen, kGone, kForgotten };

// Open until its deadline, gone for 90 days, then as if it had never been.
JobState StateOf(const schema::JobPosting& posting, Date today);

// Holds references, all of which must outlive it. Thread rule: **Thread-safe.**
class JobHandler {
 public:
  JobHandler(const index::SnapshotHolder& snapshots,
             const Calendar& calendar,
             http::HttpObserver& observer,
             const index::RemovedPostings* removed = nullptr)
      : snapshots_(snapshots), calendar_(calendar), observer_(observer), removed_(removed) {}

  // Adds its route. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

  // 400 for a malformed number, 404 for an unknown one, 410 for a posting past its deadline or
  // removed (as far as `removed` tells) for 90 days.
  [[nodiscard]] http::HttpResponse Get(const http::HttpRequest& request,
                                       std::string_view number) const;

 private:
  [[nodiscard]] http::HttpResponse Read(const http::HttpRequest& request,
                                        schema::PostingNumber number) const;
  // The answer for a number that is not in the index.
  [[nodiscard]] http::HttpResponse Missing(schema::PostingNumber number) const;

  const index::SnapshotHolder& snapshots_;
  const Calendar& calendar_;
  http::HttpObserver& observer_;
  const index::RemovedPostings* removed_;
};

}  // namespace kyujin::api
