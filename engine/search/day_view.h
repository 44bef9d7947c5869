// DayView: what of a segment depends on the calendar: which postings are still open, which are new,
// how many days ago each came in. Made once per segment and day, shared by all requests of that
// day.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/index/snapshot.h"
#include "engine/schema/facet_value.h"

namespace kyujin::search {

// Thread rule: Immutable.
struct DayView {
  Date today;
  Bitmap open;                   // deadline today or later, or none
  Bitmap is_new;                 // received on today − kNewDays … today
  std::vector<Bitmap> received;  // by value of Facet::kReceived

  // Cost: a few passes over two 16-bit columns.
  static DayView Of(const index::SegmentColumns& columns, Date today);
};

// The views of the segments in use. Thread rule: Thread-safe.
class DayViewCache {
 public:
  // Returns the view of `segment` on `today`, made now if need be. Views of segments that nobody
  // else holds any more are forgotten.
  std::shared_ptr<const DayView> Get(const std::shared_ptr<const index::Segment>& segment,
                                     Date today);

 private:
  struct Entry {
    std::shared_ptr<const index::Segment> segment;
    std::shared_ptr<const DayView> view;
  };
  void ForgetDeadSegments() KYUJIN_REQUIRES(mutex_);

  Mutex mutex_;
  std::vector<Entry> entries_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::search
