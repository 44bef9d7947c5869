#include "engine/search/facet_results.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "engine/schema/code_table.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet_value.h"
#include "engine/schema/municipality.h"
#include "engine/search/facet_selection.h"

namespace kyujin::search {
namespace {

constexpr std::string_view kUnknownCode = "unknown";
constexpr std::string_view kUnknownLabel = "記載なし";

// By count, `unknown` last; values come in the order of their codes.
void SortByCount(std::vector<FacetCount>* counts) {
  const bool has_unknown = !counts->empty() && counts->back().code == kUnknownCode;
  const auto end = counts->end() - (has_unknown ? 1 : 0);
  std::sort(counts->begin(), end, [](const FacetCount& a, const FacetCount& b) {
    return a.count != b.count ? a.count > b.count : a.code < b.code;
  });
}

// Adds the leaves of one prefecture; returns how many documents have none.
uint64_t AddMunicipalities(const query::SearchRequest& request,
                           const PrefectureCounts& in,
                           FacetResult* result) {
  const auto all = schema::Municipalities();
  const auto names = schema::MunicipalityTable().codes;
  auto counts = in.counts;
  const auto first = in.prefecture * kCodesPerPrefecture;
  auto at = std::lower_bound(
      all.begin(), all.end(), first, [](const schema::Municipality& municipality, size_t code) {
        return municipality.code < code;
      });
  for (; at != all.end() && at->code < first + kCodesPerPrefecture; ++at) {
    if (at->kind == schema::MunicipalityKind::kDesignatedCity) {
      continue;
    }
    const uint64_t count = std::exchange(counts[at->code % kCodesPerPrefecture], 0);
    const bool selected = IsMunicipalitySelected(request, at->code);
    if (count > 0 || selected) {
      const schema::Code& name = names[static_cast<size_t>(at - all.begin())];
      result->counts.push_back({name.code, name.label, count, selected, false});
    }
  }
  return std::accumulate(counts.begin(), counts.end(), uint64_t{0});
}

}  // namespace

FacetResult CodedResult(const query::SearchRequest& request,
                        schema::Facet facet,
                        std::span<const uint64_t> counts) {
  FacetResult result{facet, {}};
  const auto names = schema::FacetValueNames(facet);
  const bool may_be_selected = HasOwnFilter(request, facet);
  // `unknown`, value 0, comes last.
  for (size_t i = 1; i <= counts.size(); ++i) {
    const auto value = static_cast<schema::FacetValue>(i % counts.size());
    const bool selected = may_be_selected && IsSelected(request, facet, value);
    if (counts[value] > 0 || selected) {
      result.counts.push_back(
          {names[value].code, names[value].label, counts[value], selected, false});
    }
  }
  if (schema::GetFacet(facet).order == schema::FacetOrder::kCount) {
    SortByCount(&result.counts);
  }
  return result;
}

FacetResult MunicipalityResult(const query::SearchRequest& request,
                               const std::vector<PrefectureCounts>& prefectures) {
  FacetResult result{schema::Facet::kCity, {}};
  uint64_t unknown = 0;
  for (const PrefectureCounts& in : prefectures) {
    unknown += AddMunicipalities(request, in, &result);
  }
  if (unknown > 0) {
    result.counts.push_back({kUnknownCode, kUnknownLabel, unknown, false, false});
  }
  return result;
}

FacetResult ConditionResult(const query::SearchRequest& request, std::span<const uint64_t> counts) {
  FacetResult result{schema::Facet::kConditions, {}};
  for (const schema::ConditionSpec& spec : schema::Conditions()) {
    const uint64_t count = counts[static_cast<size_t>(spec.id)];
    const ConditionChoice choice = ChoiceOf(request, spec.id);
    if (count > 0 || choice != ConditionChoice::kNone) {
      result.counts.push_back({spec.code,
                               spec.label,
                               count,
                               choice == ConditionChoice::kWanted,
                               choice == ConditionChoice::kExcluded});
    }
  }
  SortByCount(&result.counts);
  return result;
}

}  // namespace kyujin::search
