#include "engine/search/facet_rows.h"

#include <bit>
#include <utility>

#include "engine/base/kernels.h"
#include "engine/base/visit_ahead.h"

namespace kyujin::search {
namespace {

using index::FacetColumn;
using schema::Column;
using schema::Facet;
using schema::FacetValue;

constexpr size_t kWageTypes = 6;
constexpr size_t kWageBuckets = 143;
// A bucket tells its wage type; without a bucket the code tells the type itself.
constexpr size_t kWageCodes = kWageBuckets + kWageTypes - 1;
constexpr size_t kWalks = 7;
constexpr size_t kMiddles = 100;
constexpr size_t kHolidayValues = 11;
constexpr size_t kIndustries = 21;
constexpr size_t kFullParts = 3;
constexpr size_t kMajors = 16;
constexpr size_t kPrefectures = 48;
constexpr size_t kEmployments = 8;
constexpr size_t kReceivedValues = 7;

// Which facets share a code, in this order: the first counts in the largest steps.
constexpr size_t kWageCells = kWageCodes * kWalks;
constexpr size_t kOccupationCells = kMiddles * kHolidayValues;
constexpr size_t kIndustryCells = kIndustries * kFullParts * kMajors;
constexpr size_t kPlaceCells = kPrefectures * kEmployments * kReceivedValues;

constexpr size_t kWordsPerClock = 512;

// Of a small set most stay 0.
struct Cells {
  std::array<uint32_t, kWageCells> wage{};
  std::array<uint32_t, kOccupationCells> occupation{};
  std::array<uint32_t, kIndustryCells> industry{};
  std::array<uint32_t, kPlaceCells> place{};
};

void AddWageCells(const Cells& cells, FacetCounts* counts) {
  for (size_t wage = 0; wage < kWageCodes; ++wage) {
    const size_t bucket = wage < kWageBuckets ? wage : 0;
    uint64_t sum = 0;
    for (size_t walk = 0; walk < kWalks; ++walk) {
      const uint32_t cell = cells.wage[wage * kWalks + walk];
      if (cell == 0) {
        continue;
      }
      counts->Of(Facet::kWalkMinutes)[walk] += cell;
      sum += cell;
    }
    counts->Of(Facet::kWageHistogram)[bucket] += sum;
    const FacetValue type =
        wage < kWageBuckets
            ? static_cast<FacetValue>(schema::WageTypeOfFacetValue(static_cast<FacetValue>(wage)))
            : static_cast<FacetValue>(wage - kWageBuckets + 1);
    counts->Of(Facet::kWageType)[type] += sum;
  }
}

void AddOccupationCells(const Cells& cells, FacetCounts* counts) {
  for (size_t i = 0; i < kOccupationCells; ++i) {
    if (cells.occupation[i] == 0) {
      continue;
    }
    counts->Of(Facet::kOccupationMiddle)[i / kHolidayValues] += cells.occupation[i];
    counts->Of(Facet::kHolidays)[i % kHolidayValues] += cells.occupation[i];
  }
}

void AddIndustryCells(const Cells& cells, FacetCounts* counts) {
  for (size_t i = 0; i < kIndustryCells; ++i) {
    if (cells.industry[i] == 0) {
      continue;
    }
    counts->Of(Facet::kIndustry)[i / (kFullParts * kMajors)] += cells.industry[i];
    counts->Of(Facet::kFullPart)[i / kMajors % kFullParts] += cells.industry[i];
    counts->Of(Facet::kOccupationMajor)[i % kMajors] += cells.industry[i];
  }
}

void AddPlaceCells(const Cells& cells, FacetCounts* counts) {
  for (size_t i = 0; i < kPlaceCells; ++i) {
    if (cells.place[i] == 0) {
      continue;
    }
    counts->Of(Facet::kPref)[i / (kEmployments * kReceivedValues)] += cells.place[i];
    counts->Of(Facet::kEmployment)[i / kReceivedValues % kEmployments] += cells.place[i];
    counts->Of(Facet::kReceived)[i % kReceivedValues] += cells.place[i];
  }
}

// Masks of conditions on their way to the counters: many at once cost less than one by one.
class ConditionBuffer {
 public:
  void Add(uint32_t mask) {
    masks_[size_++] = mask;
    if (size_ == masks_.size()) {
      Flush();
    }
  }
  void Flush() {
    ActiveKernels().count_bits32(masks_.data(), size_, totals_.data());
    size_ = 0;
  }
  [[nodiscard]] const std::array<uint64_t, 32>& totals() const { return totals_; }

 private:
  std::array<uint32_t, 1024> masks_{};
  std::array<uint64_t, 32> totals_{};
  size_t size_ = 0;
};

}  // namespace

FacetCounts::FacetCounts() {
  for (const schema::FacetSpec& spec : schema::Facets()) {
    if (spec.id != Facet::kCity && spec.id != Facet::kConditions) {
      Of(spec.id).resize(schema::FacetValueCount(spec.id));
    }
  }
}

void FacetCounts::Add(const FacetCounts& other) {
  documents += other.documents;
  positions += other.positions;
  for (size_t facet = 0; facet < values.size(); ++facet) {
    for (size_t value = 0; value < values[facet].size(); ++value) {
      values[facet][value] += other.values[facet][value];
    }
  }
  for (size_t i = 0; i < conditions.size(); ++i) {
    conditions[i] += other.conditions[i];
  }
}

void FacetCounts::Subtract(const FacetCounts& other) {
  documents -= other.documents;
  positions -= other.positions;
  for (size_t facet = 0; facet < values.size(); ++facet) {
    for (size_t value = 0; value < values[facet].size(); ++value) {
      values[facet][value] -= other.values[facet][value];
    }
  }
  for (size_t i = 0; i < conditions.size(); ++i) {
    conditions[i] -= other.conditions[i];
  }
}

FacetRows::FacetRows(const index::SegmentColumns& columns, Date today)
    : rows_(columns.documents()), received_(columns.documents()) {
  const auto values = [&](FacetColumn column) { return columns.FacetValues(column).data(); };
  const auto* wage = values(FacetColumn::kWageAllowances);
  const auto* wage_type = values(FacetColumn::kWageType);
  const auto* walk = values(FacetColumn::kWalkMinutes);
  const auto* middle = values(FacetColumn::kOccupationMiddle);
  const auto* holidays = values(FacetColumn::kHolidays);
  const auto* industry = values(FacetColumn::kIndustry);
  const auto* full_part = values(FacetColumn::kFullPart);
  const auto* major = values(FacetColumn::kOccupationMajor);
  const auto* prefecture = values(FacetColumn::kPref);
  const auto* employment = values(FacetColumn::kEmployment);
  const auto received = columns.Values<uint16_t>(Column::kReceived);
  const auto positions = columns.Values<uint16_t>(Column::kPositions);
  const auto conditions = columns.Values<uint32_t>(Column::kConditionsYes);
  constexpr uint32_t kStored = (uint32_t{1} << schema::kStoredConditionCount) - 1;
  for (DocId doc = 0; doc < rows_.size(); ++doc) {
    const bool is_dated = received[doc] != UINT16_MAX;
    // A date in the future (a feed with wrong clocks) counts as today.
    const uint32_t days_ago = received[doc] < today.days() ? today.days() - received[doc] : 0U;
    received_[doc] = schema::ReceivedFacetValue(is_dated ? std::optional(days_ago) : std::nullopt);
    const bool is_new =
        is_dated && received[doc] <= today.days() && days_ago <= uint32_t{schema::kNewDays};
    const size_t wage_code =
        wage[doc] != 0 || wage_type[doc] == 0 ? wage[doc] : kWageBuckets - 1U + wage_type[doc];
    Row& row = rows_[doc];
    row.codes = {
        static_cast<uint16_t>(wage_code * kWalks + walk[doc]),
        static_cast<uint16_t>(middle[doc] * kHolidayValues + holidays[doc]),
        static_cast<uint16_t>((industry[doc] * kFullParts + full_part[doc]) * kMajors + major[doc]),
        static_cast<uint16_t>((prefecture[doc] * kEmployments + employment[doc]) * kReceivedValues +
                              received_[doc])};
    row.conditions = (conditions[doc] & kStored) |
                     static_cast<uint32_t>(is_new) << static_cast<size_t>(schema::Condition::kNew);
    row.positions = positions[doc] == UINT16_MAX ? 1U : positions[doc];
  }
}

template <class WordAt>
bool FacetRows::CountWords(size_t words,
                           WordAt&& word_at,
                           Deadline deadline,
                           FacetCounts* counts) const {
  Cells cells;
  ConditionBuffer conditions;
  uint64_t documents = 0;
  uint64_t positions = 0;
  const auto count = [&](const Row& row) {
    ++documents;
    ++cells.wage[row.codes[0]];
    ++cells.occupation[row.codes[1]];
    ++cells.industry[row.codes[2]];
    ++cells.place[row.codes[3]];
    positions += row.positions;
    conditions.Add(row.conditions);
  };
  VisitAhead<Row, decltype(count)> visits(count);
  for (size_t i = 0; i < words; ++i) {
    if (i % kWordsPerClock == 0 && deadline.expired()) {
      return false;
    }
    for (uint64_t word = word_at(i); word != 0; word &= word - 1) {
      visits.Add(&rows_[i * 64 + static_cast<size_t>(std::countr_zero(word))]);
    }
  }
  visits.Finish();
  conditions.Flush();
  counts->documents += documents;
  counts->positions += positions;
  for (size_t i = 0; i < counts->conditions.size(); ++i) {
    counts->conditions[i] += conditions.totals()[i];
  }
  AddWageCells(cells, counts);
  AddOccupationCells(cells, counts);
  AddIndustryCells(cells, counts);
  AddPlaceCells(cells, counts);
  return true;
}

bool FacetRows::Count(BitmapView set, Deadline deadline, FacetCounts* counts) const {
  const auto words = set.words();
  return CountWords(
      words.size(), [&](size_t i) { return words[i]; }, deadline, counts);
}

bool FacetRows::CountComplement(BitmapView set,
                                BitmapView universe,
                                Deadline deadline,
                                FacetCounts* counts) const {
  const auto without = set.words();
  const auto all = universe.words();
  return CountWords(
      all.size(), [&](size_t i) { return all[i] & ~without[i]; }, deadline, counts);
}

}  // namespace kyujin::search
