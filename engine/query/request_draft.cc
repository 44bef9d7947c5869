#include "engine/query/request_draft.h"

#include <algorithm>
#include <utility>

#include "engine/query/canonical_text.h"
#include "engine/query/request_parser.h"

namespace kyujin::query {
namespace {

using schema::FilterGroup;

// With stations, minutes on foot are those from one of them; facets lift the minutes alone.
void JoinWay(RequestDraft* draft) {
  std::vector<Filter>& filters = draft->request.filters;
  if (draft->walk_max) {
    const uint32_t walk_max = *draft->walk_max;
    if (draft->stations.empty()) {
      filters.push_back(
          {FilterGroup::kWalk, RangeFilter{schema::Column::kWalkMinutes, 0, walk_max}});
    } else {
      constexpr uint32_t kMostMinutes = UINT8_MAX - 1;
      const auto minutes = static_cast<uint8_t>(std::min(walk_max, kMostMinutes));
      filters.push_back({FilterGroup::kWalk, StationFilter{draft->stations, minutes}});
    }
  }
  if (!draft->stations.empty()) {
    filters.push_back({FilterGroup::kNone, StationFilter{draft->stations, std::nullopt}});
  }
  if (draft->request.near && draft->radius_km) {
    filters.push_back({FilterGroup::kNone, NearFilter{*draft->request.near, *draft->radius_km}});
  }
}

void JoinFilters(RequestDraft* draft) {
  std::vector<Filter>& filters = draft->request.filters;
  if (!draft->place.prefectures.empty() || !draft->place.municipalities.empty() ||
      !draft->place.stations.empty()) {
    filters.push_back({FilterGroup::kPlace, std::move(draft->place)});
  }
  if (draft->monthly_min || draft->hourly_min) {
    filters.push_back(
        {FilterGroup::kWageMinima,
         WageFilter{draft->request.wage_basis, draft->monthly_min, draft->hourly_min}});
  }
  if (draft->received.from || draft->received.within_days) {
    filters.push_back({FilterGroup::kReceived, draft->received});
  }
  if (draft->shift) {
    filters.push_back({FilterGroup::kNone, *draft->shift});
  }
  JoinWay(draft);
}

// What needs a point to measure from.
void CheckNear(RequestDraft* draft) {
  if (draft->request.near) {
    return;
  }
  if (draft->radius_km) {
    draft->errors.Add(
        MakeParameterError("radius_km", draft->canonical["radius_km"], "only together with near"));
  }
  if (draft->sort == Sort::kDistance) {
    draft->errors.Add(MakeParameterError("sort", "distance", "only together with near"));
  }
}

// Relevance without a scoring word is `new`; what is the default anyway leaves no trace in the
// canonical form.
void SettleSort(RequestDraft* draft) {
  const bool has_words = draft->request.words.has_scoring_words();
  const Sort fallback = has_words ? Sort::kRelevance : Sort::kNew;
  Sort sort = draft->sort.value_or(fallback);
  if (sort == Sort::kRelevance && !has_words) {
    sort = Sort::kNew;
  }
  draft->request.sort = sort;
  if (sort == fallback) {
    draft->canonical.erase("sort");
  } else {
    draft->canonical["sort"] = SortName(sort);
  }
}

// The canonical form of the request after interpretation.
std::string ParametersText(const RequestDraft& draft) {
  auto values = draft.canonical;
  for (const auto& [name, value] : draft.interpreted) {
    values[name] = value;
  }
  std::erase_if(values, [](const auto& named) { return named.second.empty(); });
  return JoinCanonical(values);
}

void CheckCursor(RequestDraft* draft) {
  const std::optional<Cursor>& cursor = draft->request.cursor;
  if (!cursor) {
    return;
  }
  if (draft->has_offset) {
    draft->errors.Add(MakeParameterError(
        "offset", std::to_string(draft->request.offset), "not together with cursor"));
  }
  if (cursor->request_hash != HashRequest(draft->request.canonical)) {
    draft->errors.Add(MakeParameterError(
        "cursor", EncodeCursor(*cursor), "made for other parameters than those sent"));
  }
}

}  // namespace

void ParameterErrors::Add(ParameterError error) {
  const bool is_malformed = error.fault == ParameterFault::kMalformed;
  if (errors_.size() < kMaxErrors) {
    errors_.push_back(std::move(error));
  } else if (is_malformed && !has_malformed_) {
    errors_.back() = std::move(error);
  }
  has_malformed_ = has_malformed_ || is_malformed;
}

void FinishRequest(text::Analyzer* analyzer, RequestDraft* draft) {
  CheckNear(draft);
  JoinFilters(draft);
  draft->request.words = BuildWordQuery(draft->text, analyzer);
  SettleSort(draft);
  draft->request.canonical = JoinCanonical(draft->canonical);
  draft->request.as_parameters = ParametersText(*draft);
  CheckCursor(draft);
}

}  // namespace kyujin::query
