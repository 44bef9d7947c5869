#include "engine/schema/facet_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/schema/code_table.h"

namespace kyujin::schema {
namespace {

// A bucket [lower, upper]; its number is its place in the list plus one.
struct Bucket {
  uint32_t lower;
  uint32_t upper;
};
constexpr uint32_t kOpen = UINT32_MAX;

constexpr std::array<Bucket, 6> kWalkBuckets{
    {{0, 5}, {6, 10}, {11, 15}, {16, 20}, {21, 30}, {31, kOpen}}};
constexpr std::array<Bucket, 10> kHolidayBuckets{{{0, 89},
                                                  {90, 94},
                                                  {95, 99},
                                                  {100, 104},
                                                  {105, 109},
                                                  {110, 114},
                                                  {115, 119},
                                                  {120, 124},
                                                  {125, 129},
                                                  {130, kOpen}}};
constexpr std::array<Bucket, 6> kReceivedBuckets{
    {{0, 0}, {1, 2}, {3, 6}, {7, 13}, {14, 29}, {30, kOpen}}};

// Wage buckets of one type: below `first`, then steps up to `last`, then `last` and above.
struct WageScale {
  WageType type;
  std::string_view code;
  std::string_view label;
  uint32_t step;
  uint32_t first;
  uint32_t last;
};
constexpr std::array<WageScale, 4> kWageScales{{
    {WageType::kMonthly, "monthly", "月給", 10'000, 100'000, 600'000},
    {WageType::kYearly, "yearly", "年俸", 500'000, 1'500'000, 10'000'000},
    {WageType::kDaily, "daily", "日給", 1'000, 5'000, 30'000},
    {WageType::kHourly, "hourly", "時給", 50, 900, 3'000},
}};

constexpr size_t ScaleSize(const WageScale& scale) {
  return (scale.last - scale.first) / scale.step + 2;
}

constexpr size_t WageValueCount() {
  size_t count = 1;
  for (const WageScale& scale : kWageScales) {
    count += ScaleSize(scale);
  }
  return count;
}
static_assert(WageValueCount() <= 256, "facet values are bytes");

FacetValue FindBucket(std::span<const Bucket> buckets, std::optional<uint32_t> value) {
  if (!value) {
    return kUnknownFacetValue;
  }
  const auto found = std::find_if(
      buckets.begin(), buckets.end(), [&](const Bucket& b) { return *value <= b.upper; });
  return static_cast<FacetValue>(found - buckets.begin() + 1);
}

std::span<const Bucket> BucketsOf(Facet facet) {
  switch (facet) {
    case Facet::kWalkMinutes:
      return kWalkBuckets;
    case Facet::kHolidays:
      return kHolidayBuckets;
    case Facet::kReceived:
      return kReceivedBuckets;
    default:
      return {};
  }
}

// The scale that holds wage value `value`, and the value's place in it.
struct WagePlace {
  const WageScale* scale;
  uint32_t place;
};
WagePlace FindWagePlace(FacetValue value) {
  uint32_t place = value - 1U;
  for (const WageScale& scale : kWageScales) {
    if (place < ScaleSize(scale)) {
      return {&scale, place};
    }
    place -= static_cast<uint32_t>(ScaleSize(scale));
  }
  KYUJIN_CHECK(false);
}

// The lower bound of a wage bucket: 0 for the open one below.
uint32_t WageLowerBound(const WagePlace& place) {
  return place.place == 0 ? 0 : place.scale->first + (place.place - 1) * place.scale->step;
}

// 200000 → 20万, 1250 → 1,250, as people write yen.
std::string Yen(uint32_t amount) {
  if (amount % 10'000 == 0) {
    return fmt::format("{}万", amount / 10'000);
  }
  return amount >= 1'000 ? fmt::format("{},{:03}", amount / 1'000, amount % 1'000)
                         : fmt::format("{}", amount);
}

std::string WageLabel(FacetValue value) {
  const WagePlace place = FindWagePlace(value);
  const uint32_t lower = WageLowerBound(place);
  if (place.place == 0) {
    return fmt::format("{}{}円未満", place.scale->label, Yen(place.scale->first));
  }
  if (lower >= place.scale->last) {
    return fmt::format("{}{}円以上", place.scale->label, Yen(lower));
  }
  return fmt::format(
      "{}{}円〜{}円未満", place.scale->label, Yen(lower), Yen(lower + place.scale->step));
}

std::string BucketLabel(Facet facet, const Bucket& bucket) {
  const bool walk = facet == Facet::kWalkMinutes;
  const std::string_view before = walk ? "徒歩" : "";
  const std::string_view unit = walk ? "分" : (facet == Facet::kHolidays ? "日" : "日前");
  if (facet == Facet::kReceived && bucket.upper == 0) {
    return "本日";
  }
  if (bucket.upper == kOpen) {
    return fmt::format(
               "{}{}{}以上", before, bucket.lower, facet == Facet::kReceived ? "日" : unit) +
           (facet == Facet::kReceived ? "前" : "");
  }
  if (bucket.lower == 0) {
    return fmt::format("{}{}{}以内", before, bucket.upper, unit);
  }
  return fmt::format("{}{}〜{}{}", before, bucket.lower, bucket.upper, unit);
}

std::string BucketCode(Facet facet, const Bucket& bucket) {
  if (bucket.upper == kOpen) {
    return fmt::format("{}-", bucket.lower);
  }
  if (facet == Facet::kHolidays && bucket.lower == 0) {
    return fmt::format("-{}", bucket.upper);
  }
  return bucket.lower == bucket.upper ? fmt::format("{}", bucket.lower)
                                      : fmt::format("{}-{}", bucket.lower, bucket.upper);
}

// The table whose codes a facet's values are, and how its numbers are written.
struct CodedFacet {
  Facet facet;
  std::string_view table;
  size_t count;  // unknown included
};
constexpr std::array<CodedFacet, 7> kCodedFacets{{
    {Facet::kPref, "pref", 48},
    {Facet::kOccupationMajor, "occupation", 16},
    {Facet::kOccupationMiddle, "occupation", 100},
    {Facet::kIndustry, "industry", 21},
    {Facet::kEmployment, "employment", 8},
    {Facet::kFullPart, "full_part", 3},
    {Facet::kWageType, "wage_type", 6},
}};

std::string CodedValueCode(Facet facet, FacetValue value) {
  constexpr std::array<std::string_view, 3> kFullPart{"", "full", "part"};
  constexpr std::array<std::string_view, 6> kWageTypes{
      "", "monthly", "yearly", "daily", "hourly", "other"};
  switch (facet) {
    case Facet::kPref:
    case Facet::kOccupationMajor:
      return fmt::format("{:02}", value);
    case Facet::kOccupationMiddle:
      return fmt::format("{:03}", value);
    case Facet::kIndustry:
      return {static_cast<char>('A' + value - 1)};
    case Facet::kFullPart:
      return std::string(kFullPart.at(value));
    case Facet::kWageType:
      return std::string(kWageTypes.at(value));
    default:
      return fmt::format("{}", value);
  }
}

const CodedFacet* FindCodedFacet(Facet facet) {
  const auto* const found = std::find_if(kCodedFacets.begin(),
                                         kCodedFacets.end(),
                                         [&](const CodedFacet& c) { return c.facet == facet; });
  return found == kCodedFacets.end() ? nullptr : found;
}

}  // namespace

size_t FacetValueCount(Facet facet) {
  if (const CodedFacet* coded = FindCodedFacet(facet)) {
    return coded->count;
  }
  if (facet == Facet::kWageHistogram) {
    return WageValueCount();
  }
  KYUJIN_CHECK(!BucketsOf(facet).empty());
  return BucketsOf(facet).size() + 1;
}

std::string FacetValueCode(Facet facet, FacetValue value) {
  if (value == kUnknownFacetValue) {
    return "unknown";
  }
  if (FindCodedFacet(facet) != nullptr) {
    return CodedValueCode(facet, value);
  }
  if (facet == Facet::kWageHistogram) {
    const WagePlace place = FindWagePlace(value);
    return fmt::format("{}:{}", place.scale->code, WageLowerBound(place));
  }
  return BucketCode(facet, BucketsOf(facet)[value - 1U]);
}

std::string FacetValueLabel(Facet facet, FacetValue value) {
  if (value == kUnknownFacetValue) {
    return "記載なし";
  }
  if (const CodedFacet* coded = FindCodedFacet(facet)) {
    const CodeTable* table = FindCodeTable(coded->table);
    const std::string code = CodedValueCode(facet, value);
    const Code* found = table == nullptr ? nullptr : table->Find(code);
    return found == nullptr ? code : std::string(found->label);
  }
  return facet == Facet::kWageHistogram ? WageLabel(value)
                                        : BucketLabel(facet, BucketsOf(facet)[value - 1U]);
}

namespace {

// The names of all values of all facets that have numbered ones.
class NameTable {
 public:
  NameTable() {
    for (const FacetSpec& spec : Facets()) {
      if (spec.id == Facet::kCity || spec.id == Facet::kConditions) {
        continue;
      }
      auto& names = names_[static_cast<size_t>(spec.id)];
      for (size_t i = 0; i < FacetValueCount(spec.id); ++i) {
        const auto value = static_cast<FacetValue>(i);
        names.push_back(
            {Kept(FacetValueCode(spec.id, value)), Kept(FacetValueLabel(spec.id, value))});
      }
    }
  }
  [[nodiscard]] std::span<const FacetValueName> Of(Facet facet) const {
    return names_[static_cast<size_t>(facet)];
  }

 private:
  std::string_view Kept(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::deque<std::string> texts_;
  std::array<std::vector<FacetValueName>, kFacetCount> names_;
};

}  // namespace

std::span<const FacetValueName> FacetValueNames(Facet facet) {
  static const NameTable table;
  return table.Of(facet);
}

FacetValue WalkFacetValue(std::optional<uint32_t> minutes) {
  return FindBucket(kWalkBuckets, minutes);
}
FacetValue HolidaysFacetValue(std::optional<uint32_t> days) {
  return FindBucket(kHolidayBuckets, days);
}
FacetValue ReceivedFacetValue(std::optional<uint32_t> days_ago) {
  return FindBucket(kReceivedBuckets, days_ago);
}

FacetValue IndustryFacetValue(uint16_t industry) {
  const CodeTable* table = FindCodeTable("industry");
  const Code* middle =
      table == nullptr ? nullptr : table->Find(fmt::format("{:02}", industry / 10));
  if (industry == 0 || middle == nullptr || middle->parent.size() != 1) {
    return kUnknownFacetValue;
  }
  return static_cast<FacetValue>(middle->parent.front() - 'A' + 1);
}

FacetValue WageFacetValue(WageType type, std::optional<uint32_t> lower_bound) {
  size_t first_value = 1;
  for (const WageScale& scale : kWageScales) {
    if (scale.type == type && lower_bound) {
      if (*lower_bound < scale.first) {
        return static_cast<FacetValue>(first_value);
      }
      const uint32_t step = (std::min(*lower_bound, scale.last) - scale.first) / scale.step;
      return static_cast<FacetValue>(first_value + 1 + step);
    }
    first_value += ScaleSize(scale);
  }
  return kUnknownFacetValue;
}

WageType WageTypeOfFacetValue(FacetValue value) {
  return value == kUnknownFacetValue ? WageType::kUnknown : FindWagePlace(value).scale->type;
}

}  // namespace kyujin::schema
