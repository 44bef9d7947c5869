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

// Documents whose value lies in `range`, missing ones too when the range holds the missing value.
Bitmap ScanRange(const SegmentColumns& columns, Column column, ValueRange range) {
  const uint32_t documents = columns.documents();
  Bitmap bitmap(documents);
  uint64_t* out = bitmap.words().data();
  const Kernels& kernels = ActiveKernels();
  switch (schema::GetColumn(column).width) {
    case schema::ColumnWidth::k8:
      if (range.min <= UINT8_MAX) {
        const auto high = static_cast<uint8_t>(std::min<uint32_t>(range.max, UINT8_MAX));
        kernels.range8(columns.Values<uint8_t>(column).data(),
                       documents,
                       static_cast<uint8_t>(range.min),
                       high,
                       out);
      }
      break;
    case schema::ColumnWidth::k16:
      if (range.min <= UINT16_MAX) {
        const auto high = static_cast<uint16_t>(std::min<uint32_t>(range.max, UINT16_MAX));
        kernels.range16(columns.Values<uint16_t>(column).data(),
                        documents,
                        static_cast<uint16_t>(range.min),
                        high,
                        out);
      }
      break;
    case schema::ColumnWidth::k32:
      kernels.range32(
          columns.Values<uint32_t>(column).data(), documents, range.min, range.max, out);
      break;
  }
  return bitmap;
}

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

Bitmap ScanGiven(const SegmentColumns& columns, Column column, ValueRange range) {
  range = WithoutMissing(column, range);
  return range.min > range.max ? Bitmap(columns.documents()) : ScanRange(columns, column, range);
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

Bitmap ScanRanges(const SegmentColumns& columns,
                  Column column,
                  const std::vector<ValueRange>& ranges) {
  Bitmap bitmap(columns.documents());
  const schema::ColumnWidth width = schema::GetColumn(column).width;
  if (ranges.size() <= kMaxRangeScans || width == schema::ColumnWidth::k32) {
    for (const ValueRange& range : ranges) {
      bitmap.Or(ScanGiven(columns, column, range).view());
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
  if (width == schema::ColumnWidth::k8) {
    LookUpValues(columns.Values<uint8_t>(column), wanted, &bitmap);
  } else {
    LookUpValues(columns.Values<uint16_t>(column), wanted, &bitmap);
  }
  return bitmap;
}

void Complement(Bitmap* bitmap) {
  Bitmap all(bitmap->bits());
  all.SetAll();
  all.AndNot(bitmap->view());
  *bitmap = std::move(all);
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

Bitmap ScanBytes(const SegmentColumns& columns, Column column, const ByteSet& bytes) {
  Bitmap bitmap(columns.documents());
  ActiveKernels().member8(columns.Values<uint8_t>(column).data(),
                          columns.documents(),
                          bytes.data(),
                          bitmap.words().data());
  return bitmap;
}

class Compiler {
 public:
  Compiler(const SegmentColumns& columns, const DayView& day) : columns_(columns), day_(day) {}

  Bitmap operator()(const query::CodeFilter& filter) const {
    if (schema::GetColumn(filter.column).width == schema::ColumnWidth::k8) {
      const uint32_t missing = schema::GetColumn(filter.column).missing;
      return ScanBytes(columns_, filter.column, BytesThat([&](uint32_t value) {
                         return value != missing && query::Admits(filter, value);
                       }));
    }
    std::vector<ValueRange> ranges;
    for (const uint32_t value : filter.values) {
      ranges.push_back({value, value});
    }
    return ScanRanges(columns_, filter.column, ranges);
  }

  Bitmap operator()(const query::RangeFilter& filter) const {
    return ScanGiven(columns_, filter.column, {filter.min, filter.max});
  }

  Bitmap operator()(const query::RangesFilter& filter) const {
    return ScanRanges(columns_, filter.column, filter.ranges);
  }

  Bitmap operator()(const query::PlaceFilter& filter) const {
    std::vector<ValueRange> municipalities;
    for (const uint16_t code : filter.municipalities) {
      municipalities.push_back({code, code});
    }
    Bitmap bitmap = ScanRanges(columns_, Column::kMunicipality, municipalities);
    for (const uint8_t prefecture : query::WholePrefectures(filter)) {
      bitmap.Or(columns_.FacetBits(FacetColumn::kPref, prefecture));
    }
    bitmap.Or((*this)(query::StationFilter{filter.stations, std::nullopt}).view());
    return bitmap;
  }

  Bitmap operator()(const query::WageFilter& filter) const {
    const Column lower = query::LowerBoundColumn(filter.basis);
    Bitmap bitmap(columns_.documents());
    if (filter.monthly_min) {
      bitmap.Or(OfType(schema::WageType::kMonthly, lower, *filter.monthly_min).view());
    }
    if (filter.hourly_min) {
      bitmap.Or(OfType(schema::WageType::kHourly, lower, *filter.hourly_min).view());
    }
    return bitmap;
  }

  Bitmap operator()(const query::ReceivedFilter& filter) const {
    return ScanGiven(
        columns_, Column::kReceived, {query::FirstDay(filter, day_.today), UINT16_MAX});
  }

  Bitmap operator()(const query::ConditionFilter& filter) const {
    const BitmapView yes = filter.condition == schema::Condition::kNew
                               ? day_.is_new.view()
                               : columns_.ConditionBits(filter.condition);
    Bitmap bitmap(columns_.documents(), yes);
    if (filter.excluded) {
      Complement(&bitmap);
    }
    return bitmap;
  }

  Bitmap operator()(const query::NumberFilter& filter) const {
    Bitmap bitmap(columns_.documents());
    for (const uint64_t number : filter.numbers) {
      if (const auto doc = columns_.Find(number)) {
        bitmap.Set(*doc);
      }
    }
    if (filter.excluded) {
      Complement(&bitmap);
    }
    return bitmap;
  }

  Bitmap operator()(const query::AgeFilter& filter) const {
    // A missing limit is 255: it passes the upper test by itself and the lower one by a scan of its
    // own.
    Bitmap bitmap = ScanRange(columns_, Column::kAgeMin, {0, filter.years});
    const uint32_t none = schema::GetColumn(Column::kAgeMin).missing;
    bitmap.Or(ScanRange(columns_, Column::kAgeMin, {none, none}).view());
    bitmap.And(ScanRange(columns_, Column::kAgeMax, {filter.years, UINT8_MAX}).view());
    return bitmap;
  }

  Bitmap operator()(const query::MaskFilter& filter) const {
    const auto passes = [&](uint32_t bits) { return query::Admits(filter, bits); };
    if (schema::GetColumn(filter.column).width == schema::ColumnWidth::k8) {
      return ScanBytes(columns_, filter.column, BytesThat(passes));
    }
    Bitmap bitmap(columns_.documents());
    for (DocId doc = 0; doc < columns_.documents(); ++doc) {
      if (passes(columns_.Value(filter.column, doc))) {
        bitmap.Set(doc);
      }
    }
    return bitmap;
  }

  Bitmap operator()(const query::StationFilter& filter) const {
    Bitmap bitmap(columns_.documents());
    for (const std::string& station : filter.stations) {
      if (const auto name = columns_.station_names().Find(station)) {
        AddStation(*name, filter.walk_max, &bitmap);
      }
    }
    return bitmap;
  }

  Bitmap operator()(const query::LicenceFilter& filter) const {
    Bitmap bitmap(columns_.documents());
    for (const std::string& licence : filter.licences) {
      if (const auto name = columns_.licence_names().Find(licence)) {
        SetAll(columns_.licence_documents()[*name], &bitmap);
      }
    }
    return bitmap;
  }

  Bitmap operator()(const query::ShiftFilter& filter) const {
    Bitmap bitmap(columns_.documents());
    const auto ends = columns_.shifts().ends;
    const auto values = columns_.shifts().values;
    size_t at = 0;
    for (DocId doc = 0; doc < ends.size(); ++doc) {
      bool passes = false;
      for (; at < ends[doc]; ++at) {
        passes |= query::Admits(filter, values[at]);
      }
      if (passes) {
        bitmap.Set(doc);
      }
    }
    return bitmap;
  }

  Bitmap operator()(const query::NearFilter& filter) const {
    // The last place stands for documents without one.
    std::vector<uint8_t> is_near(columns_.position_count() + 1);
    for (size_t place = 0; place + 1 < is_near.size(); ++place) {
      const double distance = schema::DistanceKm(filter.position, columns_.PositionAt(place));
      is_near[place] = distance <= filter.radius_km ? 1 : 0;
    }
    Bitmap bitmap(columns_.documents());
    const auto places = columns_.places();
    const auto none = static_cast<uint32_t>(is_near.size() - 1);
    for (size_t start = 0; start < places.size(); start += 64) {
      const size_t end = std::min(start + 64, places.size());
      uint64_t word = 0;
      for (size_t doc = start; doc < end; ++doc) {
        word |= uint64_t{is_near[std::min(places[doc], none)]} << (doc - start);
      }
      bitmap.words()[start / 64] = word;
    }
    return bitmap;
  }

  Bitmap operator()(const query::EmployerFilter& filter) const {
    Bitmap bitmap(columns_.documents());
    for (const uint64_t number : filter.numbers) {
      SetAll(columns_.EmployerNumberDocuments(number), &bitmap);
    }
    for (const std::string& employer : filter.names) {
      if (const auto name = columns_.employer_names().Find(employer)) {
        SetAll(columns_.employer_documents()[*name], &bitmap);
      }
    }
    if (filter.excluded) {
      Complement(&bitmap);
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

  [[nodiscard]] Bitmap OfType(schema::WageType type, Column lower, uint32_t minimum) const {
    Bitmap bitmap = ScanGiven(columns_, lower, {minimum, UINT32_MAX});
    bitmap.And(columns_.FacetBits(FacetColumn::kWageType, static_cast<schema::FacetValue>(type)));
    return bitmap;
  }

  const SegmentColumns& columns_;
  const DayView& day_;
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

Bitmap CompileFilter(const query::FilterBody& filter,
                     const SegmentColumns& columns,
                     const DayView& day) {
  return std::visit(Compiler(columns, day), filter);
}

}  // namespace kyujin::search
