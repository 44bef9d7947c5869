#include "engine/search/day_view.h"

#include <algorithm>

#include "engine/base/kernels.h"
#include "engine/query/filter_rules.h"

namespace kyujin::search {
namespace {

using query::DayRange;
using schema::Column;

constexpr uint16_t kMissing = UINT16_MAX;

Bitmap InRange(std::span<const uint16_t> column, DayRange days) {
  Bitmap bitmap(column.size());
  ActiveKernels().range16(
      column.data(), column.size(), days.first, days.last, bitmap.words().data());
  return bitmap;
}

// Buckets are runs of days, so each is one range scan; the days of a bucket are found by asking
// what each day is.
std::vector<DayRange> ReceivedRanges(Date today) {
  std::vector<DayRange> ranges(schema::FacetValueCount(schema::Facet::kReceived), {1, 0});
  ranges[schema::kUnknownFacetValue] = {kMissing, kMissing};
  for (uint32_t day = 0; day < kMissing; ++day) {
    // A date in the future (a feed with wrong clocks) counts as today.
    const uint32_t days_ago = day < today.days() ? today.days() - day : 0;
    DayRange& range = ranges[schema::ReceivedFacetValue(days_ago)];
    range.first = range.first > range.last ? static_cast<uint16_t>(day) : range.first;
    range.last = static_cast<uint16_t>(day);
  }
  return ranges;
}

}  // namespace

DayView DayView::Of(const index::SegmentColumns& columns,
                    Date today,
                    const index::Tombstones* dead,
                    std::shared_ptr<const FacetRows> rows) {
  const auto received = columns.Values<uint16_t>(Column::kReceived);
  const auto deadlines = columns.Values<uint16_t>(Column::kDeadline);
  DayView view{today,
               InRange(deadlines, query::OpenDeadlines(today)),
               InRange(received, query::NewDays(today)),
               {},
               rows != nullptr ? std::move(rows) : std::make_shared<FacetRows>(columns, today),
               {}};
  if (dead != nullptr) {
    view.open.AndNot(dead->dead());
  }
  for (const DayRange& range : ReceivedRanges(today)) {
    view.received.push_back(range.first > range.last ? Bitmap(received.size())
                                                     : InRange(received, range));
  }
  const bool counted = view.rows->Count(view.open.view(), Deadline::Infinite(), &view.totals);
  KYUJIN_CHECK(counted);
  return view;
}

void DayViewCache::ForgetDeadSegments() {
  std::vector<const index::Segment*> dead;
  for (const Entry& entry : entries_) {
    // Every day that is kept of a segment holds it once.
    const auto own = std::count_if(entries_.begin(), entries_.end(), [&](const Entry& other) {
      return other.segment == entry.segment;
    });
    if (entry.segment.use_count() == own) {
      dead.push_back(entry.segment.get());
    }
  }
  std::erase_if(entries_, [&](const Entry& entry) {
    return std::find(dead.begin(), dead.end(), entry.segment.get()) != dead.end();
  });
}

std::shared_ptr<const DayView> DayViewCache::Get(const index::Snapshot& snapshot,
                                                 size_t place,
                                                 Date today) {
  const std::shared_ptr<const index::Segment>& segment = snapshot.segments().at(place);
  const auto& file = snapshot.manifest().segments.at(place).tombstones;
  const std::string tombstones = file ? file->name : "";
  const MutexLock lock(mutex_);
  std::shared_ptr<const FacetRows> rows;
  for (const Entry& entry : entries_) {
    if (entry.segment != segment || entry.view->today != today) {
      continue;
    }
    if (entry.tombstones == tombstones) {
      return entry.view;
    }
    rows = entry.view->rows;  // the dead do not change them
  }
  ForgetDeadSegments();
  // Two views of a segment are enough: requests of yesterday or of the generation before end within
  // a second.
  const auto is_same = [&](const Entry& entry) { return entry.segment == segment; };
  if (std::count_if(entries_.begin(), entries_.end(), is_same) > 1) {
    entries_.erase(std::find_if(entries_.begin(), entries_.end(), is_same));
  }
  auto view = std::make_shared<const DayView>(
      DayView::Of(segment->columns(), today, snapshot.tombstones(place).get(), std::move(rows)));
  entries_.push_back({segment, tombstones, view});
  return view;
}

}  // namespace kyujin::search
