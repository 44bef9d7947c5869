#include "server/alerts/query_follower.h"

#include <utility>

namespace kyujin::alerts {

void QueryFollower::Add(percolator::QueryId id, std::string_view canonical) {
  // It is never dropped, nor matched as something wider: it waits for tables that know it again.
  if (const Status status = percolator_.Add(id, canonical); !status.has_value()) {
    observer_.OnUnreadableQuery(id, status.error().message);
  }
}

Status QueryFollower::Load() {
  KYUJIN_ASSIGN_OR_RETURN(
      known_changes_,
      store_.EachCanonicalQuery([this](const store::CanonicalQuery& query) -> Status {
        Add(query.id, query.canonical);
        return {};
      }));
  return {};
}

Result<std::vector<FollowedQuery>> QueryFollower::Follow() {
  constexpr size_t kPage = 1'000;
  std::vector<FollowedQuery> added;
  for (bool has_more = true; has_more;) {
    KYUJIN_ASSIGN_OR_RETURN(std::vector<store::CanonicalChange> changes,
                            store_.CanonicalChanges(known_changes_, kPage));
    for (store::CanonicalChange& change : changes) {
      if (change.is_watched) {
        Add(change.id, change.canonical);
        added.push_back({change.id, std::move(change.canonical)});
      } else {
        percolator_.Remove(change.id);
      }
      known_changes_ = change.sequence;
    }
    has_more = changes.size() == kPage;
  }
  return added;
}

}  // namespace kyujin::alerts
