// AlertWorker: turns what each generation published into recorded matches, once: reads its list of
// changes, percolates the added and updated postings, and has the store record the matches together
// with the mark that says so. Where it ends before the mark, whoever comes next does it again;
// where another server was faster, the store says so.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/change_list.h"
#include "engine/index/snapshot.h"
#include "engine/percolator/percolator.h"
#include "server/alerts/alert_observer.h"
#include "server/alerts/publication_matcher.h"
#include "server/alerts/query_follower.h"
#include "server/store/store.h"

namespace kyujin::alerts {

// Holds references to everything it is made with. Confined to one thread.
class AlertWorker {
 public:
  AlertWorker(store::Store& store,
              percolator::Percolator& percolator,
              AlertObserver& observer,
              PublicationMatcherOptions options = {});

  // Loads the queries; `snapshot` gives postings that new ones will resemble. Requires: called
  // once, first, and again where it failed. Errors: those of the store.
  Status Load(const index::Snapshot& snapshot);
  // Takes over changed queries, so that a publication has less to do. Errors: those of the store.
  Status Follow();
  // Records all generations up to that of `snapshot`. An index that the store has not seen before
  // begins there: what it held already is no news. Errors: those of the store, kCorruption; nothing
  // is lost, the next call goes on.
  Status CatchUp(const index::Snapshot& snapshot);

 private:
  // What a generation published, where it is in the snapshot at hand.
  struct News {
    std::vector<store::PublishedPosting> postings;
    std::vector<index::DocumentAddress> addresses;
  };
  static News NewsOf(const index::ChangeList& list, const index::Snapshot& snapshot);
  Status Record(const index::ChangeList& list, const index::Snapshot& snapshot);
  Status MarkOnly(const index::Snapshot& snapshot);
  // Percolates by queries that came while the others were matched.
  Result<PublicationMatches> MatchNew(const std::vector<FollowedQuery>& queries,
                                      const News& news,
                                      const index::ChangeList& list,
                                      const index::Snapshot& snapshot);

  store::Store& store_;
  percolator::Percolator& percolator_;
  AlertObserver& observer_;
  QueryFollower queries_;
  PublicationMatcher matcher_;
};

}  // namespace kyujin::alerts
