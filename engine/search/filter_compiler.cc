#include "engine/search/filter_compiler.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/base/kernels.h"
#include "engine/query/filter_rules.h"
#include "engine/schema/position.h"

namespace kyujin::search {
namespace {

using index::FacetColumn;
using index::SegmentColumns;
using query::ValueRange;
using schema::Column;

// More ranges than this are cheaper by one table look-up per document than by a scan each.
constexpr size_t kMaxRangeScans = 8;
constexpr size_t kHalfValues = size_t{1} << 16;

// The part of `range` that holds given values only. Missing is always the least or the greatest
// value of a column.
ValueRange WithoutMissing(Column column, ValueRange range) {
  const uint32_t missing = schema::GetColumn(column).missing;
  if (missing == 0) {
    range.min = std::max<uint32_t>(range.min, 1);
  } else {
    range.max = std::min(range.max, missing - 1);
  }
  return range;
}

template <class T>
void LookUpValues(std::span<const T> values, const std::vector<uint8_t>& wanted, Bitmap* bitmap) {
  for (size_t start = 0; start < values.size(); start += 64) {
    const size_t end = std::min(start + 64, values.size());
    uint64_t word = 0;
    for (size_t doc = start; doc < end; ++doc) {
      word |= uint64_t{wanted[values[doc]]} << (doc - start);
    }
    bitmap->words()[start / 64] = word;
  }
}

void Complement(Bitmap* bitmap) {
  const auto words = bitmap->words();
  for (uint64_t& word : words) {
    word = ~word;
  }
  if (const size_t rest = bitmap->bits() % 64; rest != 0) {
    words.back() &= (uint64_t{1} << rest) - 1;
  }
}

// The facet whose values are those of `column`, with a kept bitmap each.
std::optional<FacetColumn> FacetOf(Column column) {
  switch (column) {
    case Column::kPrefecture:
      return FacetColumn::kPref;
    case Column::kEmployment:
      return FacetColumn::kEmployment;
    case Column::kFullPart:
      return FacetColumn::kFullPart;
    case Column::kWageType:
      return FacetColumn::kWageType;
    case Column::kOccupationMajor:
      return FacetColumn::kOccupationMajor;
    default:
      return std::nullopt;
  }
}

bool IsFacetValue(FacetColumn column, uint32_t value) {
  const schema::Facet facet = index::FacetColumns()[static_cast<size_t>(column)].facet;
  return value != schema::kUnknownFacetValue && value < schema::FacetValueCount(facet);
}

// Sets of byte values as 256 bits.
using ByteSet = std::array<uint8_t, 32>;

template <class Contains>
ByteSet BytesThat(Contains&& contains) {
  ByteSet bytes{};
  for (uint32_t value = 0; value < 256; ++value) {
    if (contains(value)) {
      bytes[value / 8] = static_cast<uint8_t>(bytes[value / 8] | 1U << (value % 8));
    }
  }
  return bytes;
}

// Sets are on loan: fresh memory for one costs more than a scan. Confined to one thread.
class Compiler {
 public:
  Compiler(const SegmentColumns& columns, const DayView& day, BitmapPool* pool)
      : columns_(columns), day_(day), pool_(*pool) {}

  PooledBitmap operator()(const query::CodeFilter& filter) const {
    if (schema::GetColumn(filter.column).width == schema::ColumnWidth::k8) {
      const uint32_t missing = schema::GetColumn(filter.column).missing;
      return ScanBytes(filter.column, BytesThat([&](uint32_t value) {
                         return value != missing && query::Admits(filter, value);
                       }));
    }
    std::vector<ValueRange> ranges;
    for (const uint32_t value : filter.values) {
      ranges.push_back({value, value});
    }
    return ScanRanges(filter.column, ranges);
  }

  PooledBitmap operator()(const query::RangeFilter& filter) const {
    return ScanGiven(filter.column, {filter.min, filter.max});
  }

  PooledBitmap operator()(const query::RangesFilter& filter) const {
    return ScanRanges(filter.column, filter.ranges);
  }

  PooledBitmap operator()(const query::PlaceFilter& filter) const {
    std::vector<ValueRange> municipalities;
    for (const uint16_t code : filter.municipalities) {
      municipalities.push_back({code, code});
    }
    PooledBitmap bitmap = ScanRanges(Column::kMunicipality, municipalities);
    for (const uint8_t prefecture : query::WholePrefectures(filter)) {
      bitmap->Or(columns_.FacetBits(FacetColumn::kPref, prefecture));
    }
    bitmap->Or((*this)(query::StationFilter{filter.stations, std::nullopt})->view());
    return bitmap;
  }

  PooledBitmap operator()(const query::WageFilter& filter) const {
    const Column lower = query::LowerBoundColumn(filter.basis);
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    if (filter.monthly_min) {
      bitmap->Or(OfType(schema::WageType::kMonthly, lower, *filter.monthly_min)->view());
    }
    if (filter.hourly_min) {
      bitmap->Or(OfType(schema::WageType::kHourly, lower, *filter.hourly_min)->view());
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::ReceivedFilter& filter) const {
    return ScanGiven(Column::kReceived, {query::FirstDay(filter, day_.today), UINT16_MAX});
  }

  PooledBitmap operator()(const query::ConditionFilter& filter) const {
    const BitmapView yes = filter.condition == schema::Condition::kNew
                               ? day_.is_new.view()
                               : columns_.ConditionBits(filter.condition);
    PooledBitmap bitmap = pool_.TakeCopy(columns_.documents(), yes);
    if (filter.excluded) {
      Complement(bitmap.get());
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::NumberFilter& filter) const {
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    for (const uint64_t number : filter.numbers) {
      if (const auto doc = columns_.Find(number)) {
        bitmap->Set(*doc);
      }
    }
    if (filter.excluded) {
      Complement(bitmap.get());
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::AgeFilter& filter) const {
    // A missing limit is 255: it passes the upper test by itself and the lower one by a scan of its
    // own.
    PooledBitmap bitmap = ScanRange(Column::kAgeMin, {0, filter.years});
    const uint32_t none = schema::GetColumn(Column::kAgeMin).missing;
    bitmap->Or(ScanRange(Column::kAgeMin, {none, none})->view());
    bitmap->And(ScanRange(Column::kAgeMax, {filter.years, UINT8_MAX})->view());
    return bitmap;
  }

  PooledBitmap operator()(const query::MaskFilter& filter) const {
    const auto passes = [&](uint32_t bits) { return query::Admits(filter, bits); };
    if (schema::GetColumn(filter.column).width == schema::ColumnWidth::k8) {
      return ScanBytes(filter.column, BytesThat(passes));
    }
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    for (DocId doc = 0; doc < columns_.documents(); ++doc) {
      if (passes(columns_.Value(filter.column, doc))) {
        bitmap->Set(doc);
      }
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::StationFilter& filter) const {
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    for (const std::string& station : filter.stations) {
      if (const auto name = columns_.station_names().Find(station)) {
        AddStation(*name, filter.walk_max, bitmap.get());
      }
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::LicenceFilter& filter) const {
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    for (const std::string& licence : filter.licences) {
      if (const auto name = columns_.licence_names().Find(licence)) {
        SetAll(columns_.licence_documents()[*name], bitmap.get());
      }
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::ShiftFilter& filter) const {
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    const auto ends = columns_.shifts().ends;
    const auto values = columns_.shifts().values;
    size_t at = 0;
    for (DocId doc = 0; doc < ends.size(); ++doc) {
      bool passes = false;
      for (; at < ends[doc]; ++at) {
        passes |= query::Admits(filter, values[at]);
      }
      if (passes) {
        bitmap->Set(doc);
      }
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::NearFilter& filter) const {
    // The last place stands for documents without one.
    std::vector<uint8_t> is_near(columns_.position_count() + 1);
    for (size_t place = 0; place + 1 < is_near.size(); ++place) {
      const double distance = schema::DistanceKm(filter.position, columns_.PositionAt(place));
      is_near[place] = distance <= filter.radius_km ? 1 : 0;
    }
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    const auto places = columns_.places();
    const auto none = static_cast<uint32_t>(is_near.size() - 1);
    for (size_t start = 0; start < places.size(); start += 64) {
      const size_t end = std::min(start + 64, places.size());
      uint64_t word = 0;
      for (size_t doc = start; doc < end; ++doc) {
        word |= uint64_t{is_near[std::min(places[doc], none)]} << (doc - start);
      }
      bitmap->words()[start / 64] = word;
    }
    return bitmap;
  }

  PooledBitmap operator()(const query::EmployerFilter& filter) const {
    PooledBitmap bitmap = pool_.TakeEmpty(columns_.documents());
    for (const uint64_t number : filter.numbers) {
      SetAll(columns_.EmployerNumberDocuments(number), bitmap.get());
    }
    for (const std::string& employer : filter.names) {
      if (const auto name = columns_.employer_names().Find(employer)) {
        SetAll(columns_.employer_documents()[*name], bitmap.get());
      }
    }
    if (filter.excluded) {
      Complement(bitmap.get());
    }
    return bitmap;
  }

 private:
  static void SetAll(std::span<const DocId> documents, Bitmap* bitmap) {
    for (const DocId doc : documents) {
      bitmap->Set(doc);
    }
  }

  // Minutes that are not given are the greatest value, beyond every limit.
  void AddStation(uint32_t station, std::optional<uint8_t> walk_max, Bitmap* bitmap) const {
    const auto documents = columns_.station_documents()[station];
    const auto minutes = columns_.station_documents().Minutes(station);
    for (size_t i = 0; i < documents.size(); ++i) {
      if (!walk_max || minutes[i] <= *walk_max) {
        bitmap->Set(documents[i]);
      }
    }
  }

  [[nodiscard]] PooledBitmap OfType(schema::WageType type, Column lower, uint32_t minimum) const {
    PooledBitmap bitmap = ScanGiven(lower, {minimum, UINT32_MAX});
    bitmap->And(columns_.FacetBits(FacetColumn::kWageType, static_cast<schema::FacetValue>(type)));
    return bitmap;
  }

  [[nodiscard]] PooledBitmap ScanBytes(Column column, const ByteSet& bytes) const {
    PooledBitmap bitmap = pool_.Take(columns_.documents());
    ActiveKernels().member8(columns_.Values<uint8_t>(column).data(),
                            columns_.documents(),
                            bytes.data(),
                            bitmap->words().data());
    return bitmap;
  }

  // Documents whose value lies in `range`, missing ones too when the range holds the missing value.
  [[nodiscard]] PooledBitmap ScanRange(Column column, ValueRange range) const {
    const uint32_t documents = columns_.documents();
    PooledBitmap bitmap = pool_.Take(documents);
    uint64_t* out = bitmap->words().data();
    const Kernels& kernels = ActiveKernels();
    const schema::ColumnWidth width = schema::GetColumn(column).width;
    const uint32_t largest = width == schema::ColumnWidth::k8    ? UINT8_MAX
                             : width == schema::ColumnWidth::k16 ? UINT16_MAX
                                                                 : UINT32_MAX;
    if (range.min > largest) {
      bitmap->ClearAll();
      return bitmap;
    }
    const uint32_t high = std::min(range.max, largest);
    switch (width) {
      case schema::ColumnWidth::k8:
        kernels.range8(columns_.Values<uint8_t>(column).data(),
                       documents,
                       static_cast<uint8_t>(range.min),
                       static_cast<uint8_t>(high),
                       out);
        break;
      case schema::ColumnWidth::k16:
        kernels.range16(columns_.Values<uint16_t>(column).data(),
                        documents,
                        static_cast<uint16_t>(range.min),
                        static_cast<uint16_t>(high),
                        out);
        break;
      case schema::ColumnWidth::k32:
        kernels.range32(columns_.Values<uint32_t>(column).data(), documents, range.min, high, out);
        break;
    }
    return bitmap;
  }

  [[nodiscard]] PooledBitmap ScanGiven(Column column, ValueRange range) const {
    range = WithoutMissing(column, range);
    return range.min > range.max ? pool_.TakeEmpty(columns_.documents()) : ScanRange(column, range);
  }

  [[nodiscard]] PooledBitmap ScanRanges(Column column,
                                        const std::vector<ValueRange>& ranges) const {
    const schema::ColumnWidth width = schema::GetColumn(column).width;
    if (ranges.size() <= kMaxRangeScans || width == schema::ColumnWidth::k32) {
      if (ranges.empty()) {
        return pool_.TakeEmpty(columns_.documents());
      }
      PooledBitmap bitmap = ScanGiven(column, ranges.front());
      for (size_t i = 1; i < ranges.size(); ++i) {
        bitmap->Or(ScanGiven(column, ranges[i])->view());
      }
      return bitmap;
    }
    std::vector<uint8_t> wanted(kHalfValues);
    for (const ValueRange& range : ranges) {
      const ValueRange given = WithoutMissing(column, range);
      for (uint32_t value = given.min; value <= given.max && value < kHalfValues; ++value) {
        wanted[value] = 1;
      }
    }
    PooledBitmap bitmap = pool_.Take(columns_.documents());
    if (width == schema::ColumnWidth::k8) {
      LookUpValues(columns_.Values<uint8_t>(column), wanted, bitmap.get());
    } else {
      LookUpValues(columns_.Values<uint16_t>(column), wanted, bitmap.get());
    }
    return bitmap;
  }

  const SegmentColumns& columns_;
  const DayView& day_;
  BitmapPool& pool_;
};

}  // namespace

std::optional<KeptSet> FindKeptSet(const query::FilterBody& filter,
                                   const SegmentColumns& columns,
                                   const DayView& day) {
  if (const auto* condition = std::get_if<query::ConditionFilter>(&filter)) {
    return KeptSet{condition->condition == schema::Condition::kNew
                       ? day.is_new.view()
                       : columns.ConditionBits(condition->condition),
                   condition->excluded};
  }
  if (const auto* codes = std::get_if<query::CodeFilter>(&filter)) {
    const auto facet = FacetOf(codes->column);
    if (facet && codes->values.size() == 1 && IsFacetValue(*facet, codes->values.front())) {
      const auto value = static_cast<schema::FacetValue>(codes->values.front());
      return KeptSet{columns.FacetBits(*facet, value)};
    }
  }
  const auto* place = std::get_if<query::PlaceFilter>(&filter);
  if (place != nullptr && place->municipalities.empty() && place->prefectures.size() == 1 &&
      IsFacetValue(FacetColumn::kPref, place->prefectures.front())) {
    return KeptSet{columns.FacetBits(FacetColumn::kPref, place->prefectures.front())};
  }
  return std::nullopt;
}

PooledBitmap CompileFilter(const query::FilterBody& filter,
                           const SegmentColumns& columns,
                           const DayView& day,
                           BitmapPool* pool) {
  return std::visit(Compiler(columns, day, pool), filter);
}

}  // namespace kyujin::search
