// RecordPublication: times what a server does with one publication: matching its postings with all
// saved queries, and recording the matches.
//
// Thread rule: functions only. **Confined to one thread.**
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/date.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/percolator/percolator.h"

namespace kyujin::bench {

// What a publication is matched with.
struct PublicationWorld {
  const percolator::Percolator& percolator;
  const index::Snapshot& snapshot;
  Date today;
};

// Matches `postings` of the snapshot on two threads, records them in the store that `store` names
// (as store::OpenStore takes it), and prints the times. Requires: nobody's queries are in the
// store. Errors: those of the store.
Status RecordPublication(const PublicationWorld& world,
                         const std::string& store,
                         uint64_t postings);

}  // namespace kyujin::bench
