// MatchSet: the documents of one segment that match a request, and what would match if one group of
// filters were lifted: that is what facets count.
#pragma once

#include <optional>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/bitmap_pool.h"
#include "engine/index/segment_columns.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/filter_sets.h"

namespace kyujin::search {

// Confined to one thread.
class MatchSet {
 public:
  // Compiles the request's filters, or takes them from `sets`, which is of the same segment and
  // day. `pool` lends the bitmaps. `columns`, `day` and the session of `sets` must outlive it.
  MatchSet(const query::SearchRequest& request,
           const index::SegmentColumns& columns,
           const DayView& day,
           BitmapPool* pool,
           FilterSets* sets = nullptr);

  // The documents that words have to be looked for in: outside, nothing that is counted can match.
  [[nodiscard]] BitmapView candidates() const { return base_.view(); }
  // Keeps only `words`, those of the candidates that match the request's words. Before Finish.
  // Requires: all of them are candidates.
  void Restrict(PooledBitmap words) { base_ = NarrowedBitmap(std::move(words), pool_); }
  // To be called once before anything below is asked.
  void Finish();

  // What matches everything.
  [[nodiscard]] BitmapView all() const { return all_.view(); }
  [[nodiscard]] uint64_t total() const { return total_; }

  // What matches when the filters of `group` are lifted; lives no longer than this. Requires: a
  // facet of the request owns the group, and it is not kConditions. Cost: one AND for each group
  // but this one.
  [[nodiscard]] NarrowedBitmap Without(schema::FilterGroup group) const;
  // The same when one excluded condition is lifted.
  [[nodiscard]] NarrowedBitmap WithoutExclusion(schema::Condition condition) const;

 private:
  // The documents that pass the filters of one group, or one excluded condition.
  struct Part {
    schema::FilterGroup group = schema::FilterGroup::kNone;
    std::optional<schema::Condition> excluded{};
    PooledBitmap own{};      // nothing when `documents` live in the index, the day or the cache
    BitmapView documents{};  // those that pass, or, when `inverted`, all others
    bool inverted = false;
  };
  template <class Lift>
  [[nodiscard]] NarrowedBitmap AllBut(Lift&& lift) const;

  static void Intersect(const Part& part, NarrowedBitmap* set);
  void AddPart(Part part);

  BitmapPool* pool_;
  NarrowedBitmap base_;  // open postings that match the words and every filter that no facet lifts
  std::vector<Part> parts_;  // the filters that facets can lift, one entry a group
  NarrowedBitmap all_;
  uint64_t total_ = 0;
};

}  // namespace kyujin::search
