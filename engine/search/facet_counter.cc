#include "engine/search/facet_counter.h"

#include <algorithm>
#include <bit>
#include <bitset>
#include <optional>
#include <utility>

#include "engine/base/visit_ahead.h"
#include "engine/index/format.h"
#include "engine/search/facet_selection.h"
#include "engine/search/value_counts.h"

namespace kyujin::search {
namespace {

using index::FacetColumn;
using schema::Facet;

// Visiting a document costs about as much as four words of an AND with popcount.
constexpr uint64_t kWordsPerLookUp = 4;

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

FacetCounter::FacetCounter(const query::SearchRequest& request, Deadline deadline)
    : request_(request), deadline_(deadline) {
  for (const uint8_t prefecture : ChosenPrefectures(request)) {
    city_counts_.push_back({prefecture, {}});
  }
  for (const schema::FacetSpec& spec : schema::Facets()) {
    is_lifted_[static_cast<size_t>(spec.id)] = HasOwnFilter(request, spec.id);
  }
  // Conditions are counted as they are: only single exclusions lift something.
  is_lifted_[static_cast<size_t>(Facet::kConditions)] = false;
  has_rows_facet_ = std::any_of(request.facets.begin(), request.facets.end(), [this](Facet facet) {
    return IsTogether(facet);
  });
}

bool FacetCounter::IsAsked(Facet facet) const {
  return std::binary_search(request_.facets.begin(), request_.facets.end(), facet);
}

bool FacetCounter::IsTogether(Facet facet) const {
  const bool is_other_basis =
      facet == Facet::kWageHistogram && request_.wage_basis != query::WageBasis::kFixedAllowances;
  const bool is_by_station = facet == Facet::kWalkMinutes && IsByStation(request_);
  return facet != Facet::kCity && !is_lifted_[static_cast<size_t>(facet)] && !is_other_basis &&
         !is_by_station;
}

Status FacetCounter::Count(const MatchSet& matches,
                           const index::SegmentColumns& columns,
                           const DayView& day) {
  const CountedSet all{matches.all(), matches.total()};
  if (has_rows_facet_) {
    KYUJIN_RETURN_IF_ERROR(CountTogether(all, day));
  } else {
    CountPositions(all, columns, day);
  }
  // Facets of one group follow one another, so that what is lifted for one serves the next.
  std::optional<schema::FilterGroup> lifted_group;
  NarrowedBitmap lifted;
  uint64_t lifted_size = 0;
  for (const Facet facet : request_.facets) {
    if (IsTogether(facet)) {
      continue;
    }
    if (deadline_.expired()) {
      return DeadlineExceeded("facets");
    }
    CountedSet counted = all;
    if (is_lifted_[static_cast<size_t>(facet)]) {
      const schema::FilterGroup own = schema::GetFacet(facet).own_group;
      if (lifted_group != own) {
        lifted_group = own;
        lifted = matches.Without(own);
        lifted_size = lifted.view().Count();
      }
      counted = {lifted.view(), lifted_size};
    }
    if (facet == Facet::kCity) {
      CountMunicipalities(counted.documents, columns);
    } else if (facet == Facet::kWalkMinutes && IsByStation(request_)) {
      CountStationWalk(counted.documents, columns);
    } else {
      CountAlone(facet, counted, columns, day);
    }
  }
  if (IsAsked(Facet::kConditions)) {
    CountExcludedConditions(matches, columns, day);
  }
  return {};
}

Status FacetCounter::CountTogether(const CountedSet& matches, const DayView& day) {
  FacetCounts counts;
  const bool is_dense = matches.size > day.totals.documents / 2;
  const bool is_all = matches.size == day.totals.documents;
  const bool is_done =
      is_all ||
      (is_dense ? day.rows->CountComplement(matches.documents, day.open.view(), deadline_, &counts)
                : day.rows->Count(matches.documents, deadline_, &counts));
  if (!is_done) {
    return DeadlineExceeded("facets");
  }
  if (is_dense || is_all) {
    FacetCounts rest = day.totals;
    rest.Subtract(counts);
    counts = std::move(rest);
  }
  // The pass counts all facets; those with filters of their own are counted apart.
  for (const schema::FacetSpec& spec : schema::Facets()) {
    if (!IsTogether(spec.id)) {
      std::fill(counts.Of(spec.id).begin(), counts.Of(spec.id).end(), 0);
    }
  }
  counts_.Add(counts);
  return {};
}

// A posting that gives no number is one position.
void FacetCounter::CountPositions(const CountedSet& matches,
                                  const index::SegmentColumns& columns,
                                  const DayView& day) {
  const auto positions = columns.Values<uint16_t>(schema::Column::kPositions);
  const uint32_t missing = schema::GetColumn(schema::Column::kPositions).missing;
  const auto sum = [&](BitmapView set) {
    uint64_t total = 0;
    set.ForEach([&](DocId doc) { total += positions[doc] == missing ? 1U : positions[doc]; });
    return total;
  };
  if (matches.size == day.totals.documents) {
    counts_.positions += day.totals.positions;
  } else if (matches.size > day.totals.documents / 2) {
    Bitmap rest = day.open;
    rest.AndNot(matches.documents);
    counts_.positions += day.totals.positions - sum(rest.view());
  } else {
    counts_.positions += sum(matches.documents);
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

void FacetCounter::CountAlone(Facet facet,
                              const CountedSet& matches,
                              const index::SegmentColumns& columns,
                              const DayView& day) {
  std::vector<uint64_t>& counts = counts_.Of(facet);
  const bool is_received = facet == Facet::kReceived;
  const bool has_totals =
      facet != Facet::kWageHistogram || request_.wage_basis == query::WageBasis::kFixedAllowances;
  const auto values = is_received ? day.rows->received() : columns.FacetValues(ColumnOf(facet));
  const uint64_t rest = day.totals.documents - matches.size;
  const bool is_dense = has_totals && rest < matches.size;
  const uint64_t by_documents = (is_dense ? rest : matches.size) * kWordsPerLookUp;
  if (by_documents > counts.size() * matches.documents.words().size()) {
    for (size_t value = 0; value < counts.size(); ++value) {
      counts[value] += matches.documents.AndCount(
          is_received ? day.received[value].view()
                      : columns.FacetBits(ColumnOf(facet), static_cast<schema::FacetValue>(value)));
    }
  } else if (is_dense) {
    const auto open = day.open.view().words();
    const auto words = matches.documents.words();
    const ValueCounts missing = CountValues(
        words.size(), [&](size_t i) { return open[i] & ~words[i]; }, values);
    for (size_t value = 0; value < counts.size(); ++value) {
      counts[value] += day.totals.Of(facet)[value] - missing[value];
    }
  } else {
    const auto words = matches.documents.words();
    const ValueCounts found = CountValues(
        words.size(), [&](size_t i) { return words[i]; }, values);
    for (size_t value = 0; value < counts.size(); ++value) {
      counts[value] += found[value];
    }
  }
}

// With stations asked for, minutes on foot are the least from one of them.
void FacetCounter::CountStationWalk(BitmapView matches, const index::SegmentColumns& columns) {
  std::vector<uint64_t>& counts = counts_.Of(Facet::kWalkMinutes);
  for (const auto& [doc, minutes] : StationMinutes(request_, columns)) {
    if (matches.Test(doc)) {
      const bool is_given = minutes != index::kNoWalkMinutes;
      ++counts[schema::WalkFacetValue(is_given ? std::optional<uint32_t>(minutes) : std::nullopt)];
    }
  }
}

void FacetCounter::CountMunicipalities(BitmapView matches, const index::SegmentColumns& columns) {
  const auto codes = columns.Values<uint16_t>(schema::Column::kMunicipality);
  const auto words = matches.words();
  for (PrefectureCounts& in : city_counts_) {
    const auto inside = columns.FacetBits(FacetColumn::kPref, in.prefecture).words();
    const auto count = [&](uint16_t code) { ++in.counts[code % kCodesPerPrefecture]; };
    VisitAhead<uint16_t, decltype(count)> visits(count);
    for (size_t i = 0; i < words.size(); ++i) {
      for (uint64_t word = words[i] & inside[i]; word != 0; word &= word - 1) {
        visits.Add(&codes[i * 64 + static_cast<size_t>(std::countr_zero(word))]);
      }
    }
    visits.Finish();
  }
}

// An excluded condition counts what it would find were it not excluded.
void FacetCounter::CountExcludedConditions(const MatchSet& matches,
                                           const index::SegmentColumns& columns,
                                           const DayView& day) {
  // Excluded twice, it is counted once.
  std::bitset<schema::kConditionCount> counted;
  for (const query::Filter& filter : request_.filters) {
    const auto* condition = std::get_if<query::ConditionFilter>(&filter.body);
    if (condition == nullptr || !condition->excluded ||
        counted.test(static_cast<size_t>(condition->condition))) {
      continue;
    }
    counted.set(static_cast<size_t>(condition->condition));
    const BitmapView yes = condition->condition == schema::Condition::kNew
                               ? day.is_new.view()
                               : columns.ConditionBits(condition->condition);
    uint64_t& count = counts_.conditions[static_cast<size_t>(condition->condition)];
    count += matches.WithoutExclusion(condition->condition).view().AndCount(yes);
  }
}

std::vector<FacetResult> FacetCounter::Results() const {
  std::vector<FacetResult> results;
  for (const Facet facet : request_.facets) {
    if (facet == Facet::kConditions) {
      results.push_back(ConditionResult(request_, counts_.conditions));
    } else if (facet == Facet::kCity) {
      if (!request_.all_facets || !city_counts_.empty()) {
        results.push_back(MunicipalityResult(request_, city_counts_));
      }
    } else {
      results.push_back(CodedResult(request_, facet, counts_.Of(facet)));
    }
  }
  return results;
}

}  // namespace kyujin::search
