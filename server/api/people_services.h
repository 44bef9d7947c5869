// What the handlers of people's own things work with.
//
// Thread rule: **Thread-compatible.**
#pragma once

#include <cstdint>

#include "engine/index/removed_postings.h"
#include "engine/index/snapshot.h"
#include "server/api/access.h"
#include "server/api/calendar.h"
#include "server/http/http_observer.h"
#include "server/store/store.h"

namespace kyujin::api {

// The references outlive the handlers.
struct PeopleServices {
  store::Store& store;
  const Access& access;
  const index::SnapshotHolder& snapshots;
  const index::RemovedPostings& removed;
  const Calendar& calendar;
  http::HttpObserver& observer;
  uint32_t max_favourites = 0;  // per user
};

}  // namespace kyujin::api
