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

}  // namespace

MatchSet::MatchSet(const query::SearchRequest& request,
                   const index::SegmentColumns& columns,
                   const DayView& day)
    : base_(day.open) {
  for (const query::Filter& filter : request.filters) {
    Bitmap passing = CompileFilter(filter.body, columns, day);
    const auto excluded = ExcludedCondition(filter);
    const bool is_fixed = filter.group == FilterGroup::kNone ||
                          (filter.group == FilterGroup::kConditions && !excluded);
    if (is_fixed) {
      base_.And(passing.view());
      continue;
    }
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

template <class IsLifted>
Bitmap MatchSet::AllBut(IsLifted&& is_lifted) const {
  Bitmap result = base_;
  for (const Part& part : parts_) {
    if (!is_lifted(part)) {
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
