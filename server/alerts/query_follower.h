// QueryFollower: keeps the percolator's queries those that somebody waits for: all of them at
// start, then what changed, whichever server changed it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/percolator/percolator.h"
#include "server/alerts/alert_observer.h"
#include "server/store/store.h"

namespace kyujin::alerts {

// A canonical query, with its bytes.
struct FollowedQuery {
  percolator::QueryId id = 0;
  std::string canonical;
};

// Holds references to everything it is made with. Confined to one thread.
class QueryFollower {
 public:
  QueryFollower(store::Store& store, percolator::Percolator& percolator, AlertObserver& observer)
      : store_(store), percolator_(percolator), observer_(observer) {}

  // Adds all queries. Requires: called once, first. Cost: seconds for a million. Errors: those of
  // the store.
  Status Load();
  // Takes over what changed since. Returns the queries that are new. Errors: those of the store.
  Result<std::vector<FollowedQuery>> Follow();

  // The sequence of changes up to which the percolator is right.
  [[nodiscard]] int64_t known_changes() const { return known_changes_; }

 private:
  void Add(percolator::QueryId id, std::string_view canonical);

  store::Store& store_;
  percolator::Percolator& percolator_;
  AlertObserver& observer_;
  int64_t known_changes_ = 0;
};

}  // namespace kyujin::alerts
