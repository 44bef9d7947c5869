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
                   const DayView& day,
                   BitmapPool* pool)
    : pool_(pool), base_(pool->TakeCopy(day.open.bits(), day.open.view())) {
  for (const query::Filter& filter : request.filters) {
    Part part{filter.group, ExcludedCondition(filter)};
    if (const auto kept = FindKeptSet(filter.body, columns, day)) {
      part.kept = kept->documents;
      part.inverted = kept->inverted;
    } else {
      part.own = CompileFilter(filter.body, columns, day, pool);
      part.kept = part.own->view();
    }
    if (IsLifted(request, filter)) {
      AddPart(std::move(part));
    } else {
      Intersect(part, base_.get());
    }
  }
}

void MatchSet::AddPart(Part part) {
  const auto same = std::find_if(parts_.begin(), parts_.end(), [&](const Part& other) {
    return other.group == part.group && other.excluded == part.excluded;
  });
  if (same == parts_.end()) {
    parts_.push_back(std::move(part));
    return;
  }
  PooledBitmap both = pool_->Take(base_->bits());
  both->SetAll();
  Intersect(*same, both.get());
  Intersect(part, both.get());
  same->own = std::move(both);
  same->kept = same->own->view();
  same->inverted = false;
}

void MatchSet::Intersect(const Part& part, Bitmap* set) {
  if (part.inverted) {
    set->AndNot(part.kept);
  } else {
    set->And(part.kept);
  }
}

void MatchSet::Finish() {
  all_ = AllBut([](const Part&) { return false; });
  total_ = all_->Count();
}

template <class Lift>
PooledBitmap MatchSet::AllBut(Lift&& lift) const {
  PooledBitmap result = pool_->TakeCopy(base_->bits(), base_->view());
  for (const Part& part : parts_) {
    if (!lift(part)) {
      Intersect(part, result.get());
    }
  }
  return result;
}

PooledBitmap MatchSet::Without(FilterGroup group) const {
  return AllBut([&](const Part& part) { return part.group == group; });
}

PooledBitmap MatchSet::WithoutExclusion(schema::Condition condition) const {
  return AllBut([&](const Part& part) { return part.excluded == condition; });
}

}  // namespace kyujin::search
