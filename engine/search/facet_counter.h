// Facet counter: exact counts of every value of the facets asked for, each facet with its own
// filters lifted (API.md 5). It adds up segment after segment and writes the answer at the end.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/index/segment_columns.h"
#include "engine/query/search_request.h"
#include "engine/search/day_view.h"
#include "engine/search/match_set.h"
#include "engine/search/search_result.h"

namespace kyujin::search {

// Confined to one thread. Holds a reference to the request.
class FacetCounter {
 public:
  explicit FacetCounter(const query::SearchRequest& request);

  // Counts one segment. Requires: `matches` is finished.
  void Count(const MatchSet& matches, const index::SegmentColumns& columns, const DayView& day);
  // Returns the facets in the order of schema::Facet.
  [[nodiscard]] std::vector<FacetResult> Results() const;

 private:
  // Count of each value, by its number.
  using Counts = std::vector<uint64_t>;

  void CountColumn(schema::Facet facet, BitmapView matches, const index::SegmentColumns& columns);
  void CountReceived(BitmapView matches, const DayView& day);
  void CountStationWalk(BitmapView matches, const index::SegmentColumns& columns);
  void CountMunicipalities(BitmapView matches, const index::SegmentColumns& columns);
  void CountConditions(const MatchSet& matches,
                       const index::SegmentColumns& columns,
                       const DayView& day);
  [[nodiscard]] index::FacetColumn ColumnOf(schema::Facet facet) const;
  [[nodiscard]] FacetResult CodedResult(schema::Facet facet) const;
  [[nodiscard]] FacetResult MunicipalityResult() const;
  [[nodiscard]] FacetResult ConditionResult() const;

  const query::SearchRequest& request_;
  std::array<Counts, schema::kFacetCount> counts_;
  std::map<uint16_t, uint64_t> municipality_counts_;
  std::vector<uint8_t> city_prefectures_;  // whose municipalities the city facet lists
};

}  // namespace kyujin::search
