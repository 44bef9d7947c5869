#include "engine/suggest/name_counter.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "engine/schema/municipality.h"
#include "engine/schema/name_key.h"

namespace kyujin::suggest {
namespace {

using index::SegmentColumns;

// Up to so many names of a segment are counted one by one.
constexpr size_t kFewNames = 256;
// Up to so many documents it is cheaper to ask each for its names.
constexpr uint64_t kFewDocuments = 20'000;

uint64_t CountList(std::span<const DocId> documents, BitmapView counted) {
  return static_cast<uint64_t>(std::count_if(
      documents.begin(), documents.end(), [counted](DocId doc) { return counted.Test(doc); }));
}

const index::NameTable& TableOf(NameKind kind, const SegmentColumns& columns) {
  return kind == NameKind::kStation ? columns.station_names() : columns.employer_names();
}

const DocumentLists& ListsOf(NameKind kind, const SegmentNames& names) {
  return kind == NameKind::kStation ? names.by_station : names.by_employer;
}

const NameIndex& IndexOf(NameKind kind, const SegmentNames& names) {
  return kind == NameKind::kStation ? names.stations : names.employers;
}

template <class Visit>
void EachNameOf(NameKind kind, const SegmentColumns& columns, DocId doc, Visit&& visit) {
  if (kind == NameKind::kEmployer) {
    visit(columns.employers()[doc]);
    return;
  }
  for (const uint32_t value : columns.stations()[doc]) {
    visit(value >> 8U);
  }
}

}  // namespace

NameCounter::NameCounter(const index::Snapshot& snapshot,
                         const CountedDocuments& counted,
                         SegmentNamesCache* cache)
    : snapshot_(snapshot), counted_(counted) {
  for (const auto& segment : snapshot.segments()) {
    names_.push_back(cache->Get(segment));
  }
}

bool NameCounter::IsGiven(NameKind kind) const {
  for (size_t i = 0; i < names_.size(); ++i) {
    const bool is_given = kind == NameKind::kOccupation ? names_[i]->has_occupations
                          : kind == NameKind::kLicence  ? !names_[i]->by_licence.documents.empty()
                                                        : true;
    if (is_given) {
      return true;
    }
  }
  return false;
}

uint64_t NameCounter::CountPlace(const TableName& name, size_t segment) const {
  const SegmentColumns& columns = snapshot_.segments()[segment]->columns();
  const BitmapView counted = Counted(NameKind::kPlace, segment);
  if (name.parameter == "pref") {
    return counted.AndCount(
        columns.FacetBits(index::FacetColumn::kPref, static_cast<schema::FacetValue>(name.number)));
  }
  const DocumentLists& lists = names_[segment]->by_municipality;
  uint64_t count = CountList(lists[name.number], counted);
  for (const schema::Municipality& ward : schema::WardsOf(static_cast<uint16_t>(name.number))) {
    count += CountList(lists[ward.code], counted);
  }
  return count;
}

uint64_t NameCounter::AtMost(const TableName& name) const {
  if (!name.is_municipality()) {
    return std::numeric_limits<uint64_t>::max();
  }
  uint64_t documents = 0;
  for (const auto& names : names_) {
    documents += names->by_municipality[name.number].size();
    for (const schema::Municipality& ward : schema::WardsOf(static_cast<uint16_t>(name.number))) {
      documents += names->by_municipality[ward.code].size();
    }
  }
  return documents;
}

uint64_t NameCounter::Count(const TableName& name) const {
  constexpr size_t kMajorDigits = 2;
  uint64_t count = 0;
  for (size_t i = 0; i < names_.size(); ++i) {
    const SegmentColumns& columns = snapshot_.segments()[i]->columns();
    const BitmapView counted = Counted(name.kind, i);
    if (name.kind == NameKind::kPlace) {
      count += CountPlace(name, i);
    } else if (name.kind == NameKind::kLicence) {
      if (const auto id = columns.licence_names().Find(schema::NameKey(name.label))) {
        count += CountList(names_[i]->by_licence[*id], counted);
      }
    } else {
      const auto column = name.value.size() == kMajorDigits ? index::FacetColumn::kOccupationMajor
                                                            : index::FacetColumn::kOccupationMiddle;
      count +=
          counted.AndCount(columns.FacetBits(column, static_cast<schema::FacetValue>(name.number)));
    }
  }
  return count;
}

uint64_t NameCounter::Count(NameKind kind, std::string_view name) const {
  uint64_t count = 0;
  for (size_t i = 0; i < names_.size(); ++i) {
    const SegmentColumns& columns = snapshot_.segments()[i]->columns();
    if (const auto id = TableOf(kind, columns).Find(name)) {
      count += CountList(ListsOf(kind, *names_[i])[*id], Counted(kind, i));
    }
  }
  return count;
}

uint64_t NameCounter::CountNumber(uint64_t employer_number) const {
  uint64_t count = 0;
  for (size_t i = 0; i < names_.size(); ++i) {
    const SegmentColumns& columns = snapshot_.segments()[i]->columns();
    count += CountList(columns.EmployerNumberDocuments(employer_number),
                       Counted(NameKind::kEmployer, i));
  }
  return count;
}

std::vector<NameCounter::Sized> NameCounter::FindInSegment(NameKind kind,
                                                           const TypedName& typed,
                                                           Spelling spelling,
                                                           const Wanted& wanted) const {
  const size_t segment = wanted.segment;
  const SegmentColumns& columns = snapshot_.segments()[segment]->columns();
  const index::NameTable& table = TableOf(kind, columns);
  const NameIndex& index = IndexOf(kind, *names_[segment]);
  std::vector<uint32_t> ids = spelling == Spelling::kAsTyped
                                  ? typed.Find(index)
                                  : typed.FindNear(index, kind == NameKind::kStation);
  std::vector<Sized> found;
  const BitmapView counted = Counted(kind, segment);
  if (ids.size() > kFewNames && counted.Count() <= kFewDocuments) {
    std::unordered_map<uint32_t, uint64_t> counts;
    counted.ForEach(
        [&](DocId doc) { EachNameOf(kind, columns, doc, [&](uint32_t id) { ++counts[id]; }); });
    for (const uint32_t id : ids) {
      if (const auto count = counts.find(id); count != counts.end()) {
        found.push_back({table[id], count->second});
      }
    }
    return found;
  }
  const DocumentLists& lists = ListsOf(kind, *names_[segment]);
  // Of many names those with most documents at all have most of the counted ones, near enough to
  // choose by. Ids are in order of name.
  const bool is_many = ids.size() > kFewNames;
  if (is_many && ids.size() > wanted.names) {
    std::nth_element(ids.begin(),
                     ids.begin() + static_cast<ptrdiff_t>(wanted.names),
                     ids.end(),
                     [&lists](uint32_t a, uint32_t b) {
                       return std::tuple(lists[b].size(), a) < std::tuple(lists[a].size(), b);
                     });
    ids.resize(wanted.names);
  }
  found.reserve(ids.size());
  for (const uint32_t id : ids) {
    found.push_back({table[id], is_many ? lists[id].size() : CountList(lists[id], counted)});
  }
  return found;
}

std::vector<std::string_view> NameCounter::Find(NameKind kind,
                                                const TypedName& typed,
                                                Spelling spelling,
                                                size_t limit) const {
  // What is first over all segments is among the first of some segment, as good as always.
  constexpr size_t kDepthOfSegments = 8;
  const size_t of_segment = names_.size() == 1 ? limit : limit * kDepthOfSegments;
  std::unordered_map<std::string_view, uint64_t> documents;
  std::vector<Sized> found;
  for (size_t i = 0; i < names_.size(); ++i) {
    std::vector<Sized> in_segment = FindInSegment(kind, typed, spelling, {i, of_segment});
    if (names_.size() == 1) {
      found = std::move(in_segment);
      break;
    }
    for (const Sized& name : in_segment) {
      documents[name.name] += name.documents;
    }
  }
  for (const auto& [name, count] : documents) {
    found.push_back({name, count});
  }
  const auto last = found.begin() + static_cast<ptrdiff_t>(std::min(limit, found.size()));
  std::partial_sort(found.begin(), last, found.end(), [](const Sized& a, const Sized& b) {
    return std::tuple(b.documents, a.name) < std::tuple(a.documents, b.name);
  });
  std::vector<std::string_view> names;
  for (auto at = found.begin(); at != last; ++at) {
    names.push_back(at->name);
  }
  return names;
}

bool NameCounter::IsWhole(NameKind kind, const TypedName& typed, std::string_view name) const {
  for (size_t i = 0; i < names_.size(); ++i) {
    const auto id = TableOf(kind, snapshot_.segments()[i]->columns()).Find(name);
    if (id) {
      return typed.IsWhole(IndexOf(kind, *names_[i]), *id);
    }
  }
  return false;
}

index::DocumentAddress NameCounter::AnyDocument(std::string_view employer) const {
  for (uint32_t i = 0; i < names_.size(); ++i) {
    const auto id = snapshot_.segments()[i]->columns().employer_names().Find(employer);
    if (id && !names_[i]->by_employer[*id].empty()) {
      return {i, names_[i]->by_employer[*id].back()};
    }
  }
  return {};
}

}  // namespace kyujin::suggest
