#include "engine/search/distance.h"

#include <cmath>

#include "engine/index/sort_key.h"
#include "engine/schema/position.h"

namespace kyujin::search {

std::optional<double> DistanceKmOf(const index::SegmentColumns& columns,
                                   DocId doc,
                                   schema::Position point) {
  const uint32_t place = columns.places()[doc];
  return place < columns.position_count()
             ? std::optional(schema::DistanceKm(point, columns.PositionAt(place)))
             : std::nullopt;
}

DistanceKeys::DistanceKeys(const index::SegmentColumns& columns, schema::Position point)
    : places_(columns.places()) {
  constexpr double kMillimetres = 1e6;  // of a kilometre
  keys_.reserve(columns.position_count() + 1);
  for (size_t place = 0; place < columns.position_count(); ++place) {
    const double km = schema::DistanceKm(point, columns.PositionAt(place));
    keys_.push_back(static_cast<uint64_t>(std::llround(km * kMillimetres)));
  }
  keys_.push_back(index::kLastSortKey);
}

}  // namespace kyujin::search
