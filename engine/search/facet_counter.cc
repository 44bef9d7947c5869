#include "engine/search/facet_counter.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/index/format.h"
#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"
#include "engine/search/facet_selection.h"

namespace kyujin::search {
namespace {

using index::FacetColumn;
using schema::Facet;

// One look-up of a byte costs about as much as eight words of an AND with popcount.
constexpr uint64_t kWordsPerLookUp = 8;

constexpr std::string_view kUnknownCode = "unknown";
constexpr std::string_view kUnknownLabel = "記載なし";

// A leaf has no wards below it: only leaves are listed, so that counts add up.
bool IsLeaf(uint16_t code) {
  return code != 0 && !schema::IsDesignatedCity(code);
}

void SortCounts(schema::FacetOrder order, std::vector<FacetCount>* counts) {
  std::stable_sort(counts->begin(), counts->end(), [&](const FacetCount& a, const FacetCount& b) {
    const bool a_unknown = a.code == kUnknownCode;
    const bool b_unknown = b.code == kUnknownCode;
    if (a_unknown != b_unknown) {
      return b_unknown;
    }
    if (order == schema::FacetOrder::kCount && a.count != b.count) {
      return a.count > b.count;
    }
    // By code: the values come in that order already where codes are numbers or ranges.
    return order == schema::FacetOrder::kCount && a.code < b.code;
  });
}

const query::StationFilter* FindStations(const query::SearchRequest& request) {
  for (const query::Filter& filter : request.filters) {
    if (const auto* stations = std::get_if<query::StationFilter>(&filter.body)) {
      return stations;
    }
  }
  return nullptr;
}

bool IsByStation(const query::SearchRequest& request) {
  return FindStations(request) != nullptr;
}

// The documents of the stations asked for, ascending, each with its least minutes.
std::vector<std::pair<DocId, uint8_t>> StationMinutes(const query::SearchRequest& request,
                                                      const index::SegmentColumns& columns) {
  std::vector<std::pair<DocId, uint8_t>> found;
  for (const std::string& station : FindStations(request)->stations) {
    const auto name = columns.station_names().Find(station);
    const auto documents = name ? columns.station_documents()[*name] : std::span<const DocId>();
    for (size_t i = 0; i < documents.size(); ++i) {
      found.emplace_back(documents[i], columns.station_documents().Minutes(*name)[i]);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(),
                          found.end(),
                          [](const auto& a, const auto& b) { return a.first == b.first; }),
              found.end());
  return found;
}

}  // namespace

FacetCounter::FacetCounter(const query::SearchRequest& request)
    : request_(request), city_prefectures_(ChosenPrefectures(request)) {
  for (const Facet facet : request.facets) {
    Counts& counts = counts_[static_cast<size_t>(facet)];
    if (facet == Facet::kConditions) {
      counts.resize(schema::kConditionCount);
    } else if (facet != Facet::kCity) {
      counts.resize(schema::FacetValueCount(facet));
    }
  }
}

void FacetCounter::Count(const MatchSet& matches,
                         const index::SegmentColumns& columns,
                         const DayView& day) {
  for (const Facet facet : request_.facets) {
    if (facet == Facet::kConditions) {
      CountConditions(matches, columns, day);
      continue;
    }
    const schema::FilterGroup own = schema::GetFacet(facet).own_group;
    const bool is_filtered = std::any_of(
        request_.filters.begin(), request_.filters.end(), [&](const query::Filter& filter) {
          return filter.group == own;
        });
    const std::optional<Bitmap> lifted =
        is_filtered ? std::optional(matches.Without(own)) : std::nullopt;
    const BitmapView counted = lifted ? lifted->view() : matches.all();
    if (facet == Facet::kCity) {
      CountMunicipalities(counted, columns);
    } else if (facet == Facet::kWalkMinutes && IsByStation(request_)) {
      CountStationWalk(counted, columns);
    } else if (facet == Facet::kReceived) {
      CountReceived(counted, day);
    } else {
      CountColumn(facet, counted, columns);
    }
  }
}

FacetColumn FacetCounter::ColumnOf(Facet facet) const {
  if (facet == Facet::kWageHistogram) {
    switch (request_.wage_basis) {
      case query::WageBasis::kBase:
        return FacetColumn::kWageBase;
      case query::WageBasis::kFixedAllowances:
        return FacetColumn::kWageAllowances;
      case query::WageBasis::kWithFixedOvertime:
        return FacetColumn::kWageOvertimePay;
    }
  }
  const auto columns = index::FacetColumns();
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const index::FacetColumnSpec& spec) {
        return spec.facet == facet;
      });
  KYUJIN_CHECK(found != columns.end());
  return found->id;
}

void FacetCounter::CountColumn(Facet facet,
                               BitmapView matches,
                               const index::SegmentColumns& columns) {
  Counts& counts = counts_[static_cast<size_t>(facet)];
  const FacetColumn column = ColumnOf(facet);
  if (matches.Count() * kWordsPerLookUp < counts.size() * matches.words().size()) {
    const auto values = columns.FacetValues(column);
    matches.ForEach([&](DocId doc) { ++counts[values[doc]]; });
    return;
  }
  for (size_t value = 0; value < counts.size(); ++value) {
    counts[value] +=
        matches.AndCount(columns.FacetBits(column, static_cast<schema::FacetValue>(value)));
  }
}

void FacetCounter::CountReceived(BitmapView matches, const DayView& day) {
  Counts& counts = counts_[static_cast<size_t>(Facet::kReceived)];
  for (size_t value = 0; value < counts.size(); ++value) {
    counts[value] += matches.AndCount(day.received[value].view());
  }
}

// With stations asked for, minutes on foot are the least from one of them.
void FacetCounter::CountStationWalk(BitmapView matches, const index::SegmentColumns& columns) {
  Counts& counts = counts_[static_cast<size_t>(Facet::kWalkMinutes)];
  for (const auto& [doc, minutes] : StationMinutes(request_, columns)) {
    if (matches.Test(doc)) {
      const bool is_given = minutes != index::kNoWalkMinutes;
      ++counts[schema::WalkFacetValue(is_given ? std::optional<uint32_t>(minutes) : std::nullopt)];
    }
  }
}

void FacetCounter::CountMunicipalities(BitmapView matches, const index::SegmentColumns& columns) {
  const auto codes = columns.Values<uint16_t>(schema::Column::kMunicipality);
  for (const uint8_t prefecture : city_prefectures_) {
    Bitmap inside(columns.documents(), matches);
    inside.And(columns.FacetBits(FacetColumn::kPref, prefecture));
    // A prefecture's codes are one run of a thousand.
    std::array<uint64_t, 1000> counts{};
    inside.view().ForEach([&](DocId doc) { ++counts[codes[doc] % counts.size()]; });
    for (size_t i = 0; i < counts.size(); ++i) {
      const auto code = static_cast<uint16_t>(i == 0 ? 0 : prefecture * counts.size() + i);
      if (counts[i] > 0) {
        municipality_counts_[IsLeaf(code) ? code : 0] += counts[i];
      }
    }
  }
}

void FacetCounter::CountConditions(const MatchSet& matches,
                                   const index::SegmentColumns& columns,
                                   const DayView& day) {
  Counts& counts = counts_[static_cast<size_t>(Facet::kConditions)];
  for (const schema::ConditionSpec& spec : schema::Conditions()) {
    const BitmapView yes =
        spec.id == schema::Condition::kNew ? day.is_new.view() : columns.ConditionBits(spec.id);
    uint64_t& count = counts[static_cast<size_t>(spec.id)];
    if (ChoiceOf(request_, spec.id) == ConditionChoice::kExcluded) {
      count += matches.WithoutExclusion(spec.id).view().AndCount(yes);
    } else {
      count += matches.all().AndCount(yes);
    }
  }
}

std::vector<FacetResult> FacetCounter::Results() const {
  std::vector<FacetResult> results;
  for (const Facet facet : request_.facets) {
    if (facet == Facet::kConditions) {
      results.push_back(ConditionResult());
    } else if (facet == Facet::kCity) {
      if (!request_.all_facets || !city_prefectures_.empty()) {
        results.push_back(MunicipalityResult());
      }
    } else {
      results.push_back(CodedResult(facet));
    }
  }
  return results;
}

FacetResult FacetCounter::CodedResult(Facet facet) const {
  FacetResult result{facet, {}};
  const Counts& counts = counts_[static_cast<size_t>(facet)];
  // `unknown`, value 0, comes last.
  for (size_t i = 1; i <= counts.size(); ++i) {
    const auto value = static_cast<schema::FacetValue>(i % counts.size());
    const bool selected = IsSelected(request_, facet, value);
    if (counts[value] > 0 || selected) {
      result.counts.push_back({schema::FacetValueCode(facet, value),
                               schema::FacetValueLabel(facet, value),
                               counts[value],
                               selected,
                               false});
    }
  }
  SortCounts(schema::GetFacet(facet).order, &result.counts);
  return result;
}

FacetResult FacetCounter::MunicipalityResult() const {
  FacetResult result{Facet::kCity, {}};
  for (const schema::Code& row : schema::MunicipalityTable().codes) {
    const auto code = static_cast<uint16_t>(std::stoul(std::string(row.code)));
    const auto found = municipality_counts_.find(code);
    const uint64_t count = found == municipality_counts_.end() ? 0 : found->second;
    const bool selected = IsLeaf(code) && IsMunicipalitySelected(request_, code);
    if (count > 0 || selected) {
      result.counts.push_back(
          {std::string(row.code), std::string(row.label), count, selected, false});
    }
  }
  std::stable_sort(result.counts.begin(),
                   result.counts.end(),
                   [](const FacetCount& a, const FacetCount& b) { return a.code < b.code; });
  if (const auto unknown = municipality_counts_.find(0); unknown != municipality_counts_.end()) {
    result.counts.push_back(
        {std::string(kUnknownCode), std::string(kUnknownLabel), unknown->second, false, false});
  }
  return result;
}

FacetResult FacetCounter::ConditionResult() const {
  FacetResult result{Facet::kConditions, {}};
  const Counts& counts = counts_[static_cast<size_t>(Facet::kConditions)];
  for (const schema::ConditionSpec& spec : schema::Conditions()) {
    const uint64_t count = counts[static_cast<size_t>(spec.id)];
    const ConditionChoice choice = ChoiceOf(request_, spec.id);
    if (count > 0 || choice != ConditionChoice::kNone) {
      result.counts.push_back({std::string(spec.code),
                               std::string(spec.label),
                               count,
                               choice == ConditionChoice::kWanted,
                               choice == ConditionChoice::kExcluded});
    }
  }
  SortCounts(schema::FacetOrder::kCount, &result.counts);
  return result;
}

}  // namespace kyujin::search
