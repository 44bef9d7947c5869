// Facet counter: exact counts of every value of the facets asked for, each facet with its own
// filters lifted (API.md 5). It adds up segment after segment and writes the answer at the end.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/segment_columns.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/facet_results.h"
#include "engine/search/match_set.h"
#include "engine/search/search_result.h"

namespace kyujin::search {

// Confined to one thread. Holds a reference to the request.
class FacetCounter {
 public:
  explicit FacetCounter(const query::SearchRequest& request,
                        Deadline deadline = Deadline::Infinite());

  // Counts one segment. Requires: `matches` is finished. Errors: kDeadlineExceeded.
  Status Count(const MatchSet& matches, const index::SegmentColumns& columns, const DayView& day);
  // Returns the facets in the order of schema::Facet.
  [[nodiscard]] std::vector<FacetResult> Results() const;
  // 採用人数 of all that matched.
  [[nodiscard]] uint64_t total_positions() const { return counts_.positions; }

 private:
  // A set to be counted, and how many documents it has.
  struct CountedSet {
    BitmapView documents;
    uint64_t size = 0;
  };

  // Counts positions and every facet whose own filters are not in use, all in one pass.
  Status CountTogether(const CountedSet& matches, const DayView& day);
  void CountPositions(const CountedSet& matches,
                      const index::SegmentColumns& columns,
                      const DayView& day);
  void CountAlone(schema::Facet facet,
                  const CountedSet& matches,
                  const index::SegmentColumns& columns,
                  const DayView& day);
  void CountStationWalk(BitmapView matches, const index::SegmentColumns& columns);
  void CountMunicipalities(BitmapView matches, const index::SegmentColumns& columns);
  void CountExcludedConditions(const MatchSet& matches,
                               const index::SegmentColumns& columns,
                               const DayView& day);
  [[nodiscard]] bool IsAsked(schema::Facet facet) const;
  // Whether the pass over all facets counts this one: its own filters lift nothing, and its values
  // are those of the rows.
  [[nodiscard]] bool IsTogether(schema::Facet facet) const;
  [[nodiscard]] index::FacetColumn ColumnOf(schema::Facet facet) const;

  const query::SearchRequest& request_;
  Deadline deadline_;
  FacetCounts counts_;
  bool has_rows_facet_ = false;  // some facet is counted in the pass over the rows
  std::array<bool, schema::kFacetCount> is_lifted_{};  // by the filters of its own group
  std::vector<PrefectureCounts> city_counts_;          // whose municipalities the city facet lists
};

}  // namespace kyujin::search
