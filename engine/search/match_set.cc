#include "engine/search/match_set.h"

#include <algorithm>
#include <utility>

#include "engine/search/filter_compiler.h"

namespace kyujin::search {
namespace {

using schema::FilterGroup;

std::optional<schema::Condition> ExcludedCondition(const query::Filter& filter) {
  const auto* condition = std::get_if<query::ConditionFilter>(&filter.body);
  return condition != nullptr && condition->excluded ? std::optional(condition->condition)
                                                     : std::nullopt;
}

// Whether counting the request's facets will ask what matches without this filter.
bool IsLifted(const query::SearchRequest& request, const query::Filter& filter) {
  if (filter.group == FilterGroup::kConditions && !ExcludedCondition(filter)) {
    return false;
  }
  return std::any_of(request.facets.begin(), request.facets.end(), [&](schema::Facet facet) {
    return schema::GetFacet(facet).own_group == filter.group;
  });
}

}  // namespace

MatchSet::MatchSet(const query::SearchRequest& request,
                   const index::SegmentColumns& columns,
                   const DayView& day)
    : base_(day.open) {
  for (const query::Filter& filter : request.filters) {
    Bitmap passing = CompileFilter(filter.body, columns, day);
    if (!IsLifted(request, filter)) {
      base_.And(passing.view());
      continue;
    }
    const auto excluded = ExcludedCondition(filter);
    const auto same = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) {
      return part.group == filter.group && part.excluded == excluded;
    });
    if (same != parts_.end()) {
      same->passing.And(passing.view());
    } else {
      parts_.push_back({filter.group, excluded, std::move(passing)});
    }
  }
}

void MatchSet::Finish() {
  all_ = AllBut([](const Part&) { return false; });
  total_ = all_.Count();
}

template <class Lift>
Bitmap MatchSet::AllBut(Lift&& lift) const {
  Bitmap result = base_;
  for (const Part& part : parts_) {
    if (!lift(part)) {
      result.And(part.passing.view());
    }
  }
  return result;
}

Bitmap MatchSet::Without(FilterGroup group) const {
  return AllBut([&](const Part& part) { return part.group == group; });
}

Bitmap MatchSet::WithoutExclusion(schema::Condition condition) const {
  return AllBut([&](const Part& part) { return part.excluded == condition; });
}

}  // namespace kyujin::search
