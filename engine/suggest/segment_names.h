// SegmentNames: what a segment itself can be asked for by name: its stations and employers, and the
// documents of each, of each licence and of each municipality. Made once a segment.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/types.h"
#include "engine/index/snapshot.h"
#include "engine/suggest/typed_name.h"

namespace kyujin::suggest {

// The documents of each number, ascending. Thread rule: Immutable.
struct DocumentLists {
  std::vector<uint32_t> ends;
  std::vector<DocId> documents;

  [[nodiscard]] std::span<const DocId> operator[](uint32_t number) const {
    if (number >= ends.size()) {
      return {};
    }
    const uint32_t begin = number == 0 ? 0 : ends[number - 1];
    return std::span(documents).subspan(begin, ends[number] - begin);
  }
};

// Thread rule: Immutable.
struct SegmentNames {
  // Cost: at a million documents about a second.
  explicit SegmentNames(const index::SegmentColumns& columns);

  NameIndex stations;   // ids are places in columns.station_names()
  NameIndex employers;  // ids are places in columns.employer_names()
  DocumentLists by_station;
  DocumentLists by_licence;
  DocumentLists by_employer;
  DocumentLists by_municipality;
  bool has_occupations;  // some document has an occupation's code
};

// Returns the name of an employer without what kind of company it is: 株式会社, 医療法人 ….
// `name` is a schema::NameKey.
std::string_view WithoutLegalForm(std::string_view name);

// The names of the segments in use. Thread rule: Thread-safe.
class SegmentNamesCache {
 public:
  // Returns the names of `segment`, made now if need be; others wait meanwhile. Those of segments
  // that nobody else holds any more are forgotten.
  std::shared_ptr<const SegmentNames> Get(const std::shared_ptr<const index::Segment>& segment);

 private:
  struct Entry {
    std::weak_ptr<const index::Segment> segment;  // weak: others wait for its end too
    std::shared_ptr<const SegmentNames> names;
  };

  Mutex mutex_;
  std::vector<Entry> entries_ KYUJIN_GUARDED_BY(mutex_);
};

}  // namespace kyujin::suggest
