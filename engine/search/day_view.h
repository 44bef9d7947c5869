// DayView: what of a segment depends on the calendar: which postings are still open, which are new,
// how many days ago each came in; and which are alive in the generation. Made once per segment, its
// tombstones and day, shared by all requests of that day.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/index/snapshot.h"
#include "engine/schema/facet_value.h"
#include "engine/search/facet_rows.h"

namespace kyujin::search {

// Thread rule: Immutable.
struct DayView {
  Date today;
  Bitmap open;                   // alive, and the deadline today or later, or none
  Bitmap is_new;                 // received on today − kNewDays … today
  std::vector<Bitmap> received;  // by value of Facet::kReceived
  std::shared_ptr<const FacetRows> rows;
  FacetCounts totals;  // of `open`: what a request without filters and words counts

  // `dead` may be nullptr, and `rows`, when those of the segment on that day are at hand. Cost: a
  // pass over the columns of all facets and one over the open documents.
  static DayView Of(const index::SegmentColumns& columns,
                    Date today,
                    const index::Tombstones* dead = nullptr,
                    std::shared_ptr<const FacetRows> rows = nullptr);
};

// The views of the segments in use. Thread rule: Thread-safe.
class DayViewCache {
 public:
  // Returns the view on `today` of segment `place` of `snapshot`, made now if need be; a generation
  // that changes only other segments finds it again. Views of segments that nobody else holds any
  // more are forgotten.
  std::shared_ptr<const DayView> Get(const index::Snapshot& snapshot, size_t place, Date today);

 private:
  struct Entry {
    std::shared_ptr<const index::Segment> segment;
    std::string tombstones;  // their file; files are never reused
    std::shared_ptr<const DayView> view;
  };
  void ForgetDeadSegments() KYUJIN_REQUIRES(mutex_);

  Mutex mutex_;
  std::vector<Entry> entries_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::search
