#include "engine/search/ranker.h"

#include <algorithm>

#include "engine/search/distance.h"

namespace kyujin::search {
namespace {

using query::Sort;
using query::WageBasis;
using schema::SortOrder;

constexpr size_t kStepsPerClock = size_t{1} << 16;

SortOrder ByBasis(WageBasis basis, SortOrder base, SortOrder allowances, SortOrder overtime) {
  switch (basis) {
    case WageBasis::kBase:
      return base;
    case WageBasis::kFixedAllowances:
      return allowances;
    case WageBasis::kWithFixedOvertime:
      return overtime;
  }
  return allowances;
}

// Walks the kept order from the cursor on until `top` has all it can take.
Status WalkOrder(const SegmentPlace& place,
                 SortOrder order,
                 BitmapView matches,
                 Deadline deadline,
                 TopDocs* top) {
  const auto documents = place.columns.Order(order);
  const auto numbers = place.columns.numbers();
  const index::SortKey key = place.columns.KeyOf(order);
  const auto ranked = [&](DocId doc) {
    return RankedDoc{key(doc), numbers[doc], place.segment, doc};
  };
  auto at = documents.begin();
  if (top->after()) {
    at = std::upper_bound(
        documents.begin(), documents.end(), *top->after(), [&](const RankedDoc& after, DocId doc) {
          return after < ranked(doc);
        });
  }
  size_t found = 0;
  for (size_t steps = 1; at != documents.end() && found < top->capacity(); ++at, ++steps) {
    if (steps % kStepsPerClock == 0 && deadline.expired()) {
      return DeadlineExceeded("order");
    }
    if (matches.Test(*at)) {
      top->Add(ranked(*at));
      ++found;
    }
  }
  return {};
}

// Shows `top` every match.
template <class Key>
void RankAll(const SegmentPlace& place, const Key& key_of, BitmapView matches, TopDocs* top) {
  const auto numbers = place.columns.numbers();
  matches.ForEach([&](DocId doc) {
    const uint64_t key = key_of(doc);
    if (top->MayKeep(key)) {
      top->Add({key, numbers[doc], place.segment, doc});
    }
  });
}

}  // namespace

SortOrder KeptOrder(Sort sort, WageBasis basis) {
  switch (sort) {
    case Sort::kDeadline:
      return SortOrder::kDeadline;
    case Sort::kHolidays:
      return SortOrder::kHolidays;
    case Sort::kWageMin:
      return ByBasis(basis,
                     SortOrder::kWageMinBase,
                     SortOrder::kWageMinAllowances,
                     SortOrder::kWageMinOvertimePay);
    case Sort::kWageMax:
      return ByBasis(basis,
                     SortOrder::kWageMaxBase,
                     SortOrder::kWageMaxAllowances,
                     SortOrder::kWageMaxOvertimePay);
    case Sort::kNew:
    case Sort::kRelevance:
    case Sort::kDistance:
      break;
  }
  return SortOrder::kNew;
}

Status RankByOrder(const SegmentPlace& place,
                   SortOrder order,
                   BitmapView matches,
                   Deadline deadline,
                   TopDocs* top) {
  const uint64_t count = matches.Count();
  // The walk meets a match every documents / count steps; a step costs about as much as a match in
  // the scan.
  if (count > 0 && top->capacity() * place.columns.documents() / count < count) {
    return WalkOrder(place, order, matches, deadline, top);
  }
  RankAll(place, place.columns.KeyOf(order), matches, top);
  return deadline.expired() ? Status(DeadlineExceeded("order")) : Status();
}

Status RankByDistance(const SegmentPlace& place,
                      schema::Position point,
                      BitmapView matches,
                      Deadline deadline,
                      TopDocs* top) {
  RankAll(place, DistanceKeys(place.columns, point), matches, top);
  return deadline.expired() ? Status(DeadlineExceeded("order")) : Status();
}

}  // namespace kyujin::search
