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
                   BitmapPool* pool,
                   FilterSets* sets)
    : pool_(pool), base_(day.open.bits(), day.open.view(), pool) {
  for (const query::Filter& filter : request.filters) {
    Part part{filter.group, ExcludedCondition(filter)};
    if (const auto kept = FindKeptSet(filter.body, columns, day)) {
      part.documents = kept->documents;
      part.inverted = kept->inverted;
    } else if (sets != nullptr) {
      FilterSet set = sets->Get(filter.body);
      part.own = std::move(set.own);
      part.documents = set.documents;
    } else {
      part.own = CompileFilter(filter.body, columns, day, pool);
      part.documents = part.own->view();
    }
    if (IsLifted(request, filter)) {
      AddPart(std::move(part));
    } else {
      Intersect(part, &base_);
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
  PooledBitmap every = pool_->Take(base_.bits());
  every->SetAll();
  NarrowedBitmap both(std::move(every), pool_);
  Intersect(*same, &both);
  Intersect(part, &both);
  same->own = both.Take();
  same->documents = same->own->view();
  same->inverted = false;
}

void MatchSet::Intersect(const Part& part, NarrowedBitmap* set) {
  if (part.inverted) {
    set->AndNot(part.documents);
  } else {
    set->And(part.documents);
  }
}

void MatchSet::Finish() {
  all_ = AllBut([](const Part&) { return false; });
  total_ = all_.view().Count();
}

template <class Lift>
NarrowedBitmap MatchSet::AllBut(Lift&& lift) const {
  NarrowedBitmap result(base_.bits(), base_.view(), pool_);
  for (const Part& part : parts_) {
    if (!lift(part)) {
      Intersect(part, &result);
    }
  }
  return result;
}

NarrowedBitmap MatchSet::Without(FilterGroup group) const {
  return AllBut([&](const Part& part) { return part.group == group; });
}

NarrowedBitmap MatchSet::WithoutExclusion(schema::Condition condition) const {
  return AllBut([&](const Part& part) { return part.excluded == condition; });
}

}  // namespace kyujin::search
