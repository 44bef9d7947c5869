// What each parameter means: functions that add filters and settings to a RequestDraft, for the
// rows of search_parameter.cc. Private to engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/query/request_draft.h"
#include "engine/query/search_parameter.h"

namespace kyujin::query {

using ParameterValues = std::span<const ParameterValue>;

// A parameter whose values are codes of one column, OR-ed.
template <schema::Column kColumn, schema::FilterGroup kGroup = schema::FilterGroup::kNone>
void ApplyCodes(ParameterValues values, RequestDraft* draft) {
  CodeFilter filter{kColumn, {}};
  for (const ParameterValue& value : values) {
    filter.values.push_back(static_cast<uint32_t>(value.number));
  }
  std::sort(filter.values.begin(), filter.values.end());
  draft->request.filters.push_back({kGroup, std::move(filter)});
}

template <schema::Column kColumn, schema::FilterGroup kGroup = schema::FilterGroup::kNone>
void ApplyMinimum(ParameterValues values, RequestDraft* draft) {
  const auto min = static_cast<uint32_t>(values.front().number);
  draft->request.filters.push_back({kGroup, RangeFilter{kColumn, min, UINT32_MAX}});
}

template <schema::Column kColumn, schema::FilterGroup kGroup = schema::FilterGroup::kNone>
void ApplyMaximum(ParameterValues values, RequestDraft* draft) {
  const auto max = static_cast<uint32_t>(values.front().number);
  draft->request.filters.push_back({kGroup, RangeFilter{kColumn, 0, max}});
}

// A parameter whose values are bits of one column, all of which must be set.
template <schema::Column kColumn>
void ApplyAllBits(ParameterValues values, RequestDraft* draft) {
  MaskFilter filter{kColumn};
  for (const ParameterValue& value : values) {
    filter.all |= static_cast<uint32_t>(value.number);
  }
  draft->request.filters.push_back({schema::FilterGroup::kNone, filter});
}

void ApplyWords(ParameterValues values, RequestDraft* draft);
void ApplyExcludedWords(ParameterValues values, RequestDraft* draft);
void ApplyWordMode(ParameterValues values, RequestDraft* draft);
void ApplySearchFields(ParameterValues values, RequestDraft* draft);
void ApplyWorkSystem(ParameterValues values, RequestDraft* draft);
void ApplyPrefectures(ParameterValues values, RequestDraft* draft);
void ApplyMunicipalities(ParameterValues values, RequestDraft* draft);
void ApplyOccupation(ParameterValues values, RequestDraft* draft);
void ApplyIndustry(ParameterValues values, RequestDraft* draft);
void ApplyAge(ParameterValues values, RequestDraft* draft);
void ApplyWageBasis(ParameterValues values, RequestDraft* draft);
void ApplyMonthlyMin(ParameterValues values, RequestDraft* draft);
void ApplyHourlyMin(ParameterValues values, RequestDraft* draft);
void ApplyReceivedFrom(ParameterValues values, RequestDraft* draft);
void ApplyReceivedWithinDays(ParameterValues values, RequestDraft* draft);
void ApplyConditions(ParameterValues values, RequestDraft* draft);
void ApplyNumbers(ParameterValues values, RequestDraft* draft);
void ApplyExcludedNumbers(ParameterValues values, RequestDraft* draft);
void ApplyPlaces(ParameterValues values, RequestDraft* draft);
void ApplyStations(ParameterValues values, RequestDraft* draft);
void ApplyWalkMax(ParameterValues values, RequestDraft* draft);
void ApplyNear(ParameterValues values, RequestDraft* draft);
void ApplyRadius(ParameterValues values, RequestDraft* draft);
void ApplyStartFrom(ParameterValues values, RequestDraft* draft);
void ApplyEndBy(ParameterValues values, RequestDraft* draft);
void ApplyLicences(ParameterValues values, RequestDraft* draft);
void ApplyEmployers(ParameterValues values, RequestDraft* draft);
void ApplyExcludedEmployers(ParameterValues values, RequestDraft* draft);
void ApplySort(ParameterValues values, RequestDraft* draft);
void ApplyLimit(ParameterValues values, RequestDraft* draft);
void ApplyOffset(ParameterValues values, RequestDraft* draft);
void ApplyCursor(ParameterValues values, RequestDraft* draft);
void ApplyFacets(ParameterValues values, RequestDraft* draft);
void ApplyHitFields(ParameterValues values, RequestDraft* draft);
void ApplyHighlight(ParameterValues values, RequestDraft* draft);
void ApplyExplain(ParameterValues values, RequestDraft* draft);
void ApplyPartial(ParameterValues values, RequestDraft* draft);

// Each returns the code of today that `text` is, or nothing.
std::optional<std::string> ResolvePrefecture(std::string_view text);
std::optional<std::string> ResolveMunicipality(std::string_view text);
std::optional<std::string> ResolveOccupation(std::string_view text);
std::optional<std::string> ResolveIndustry(std::string_view text);

// Each returns the key that postings are stored by, or "" for what is no name. A licence may also
// be given by its code in dict/.
// Returns a code of a prefecture or municipality, or the key of a station; empty for neither.
std::string PlaceKeyOf(std::string_view text);
std::string StationKeyOf(std::string_view text);
std::string LicenceKeyOf(std::string_view text);

}  // namespace kyujin::query
