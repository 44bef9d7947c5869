// NameCounter: how many of the counted documents have a name, over all segments. Private to
// engine/suggest.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/index/snapshot.h"
#include "engine/suggest/segment_names.h"
#include "engine/suggest/suggestion.h"
#include "engine/suggest/table_names.h"
#include "engine/suggest/typed_name.h"

namespace kyujin::suggest {

// One way to look a typed name up.
enum class Spelling : uint8_t { kAsTyped, kOneMistake };

// Confined to one thread. Holds references to everything it is made with.
class NameCounter {
 public:
  NameCounter(const index::Snapshot& snapshot,
              const CountedDocuments& counted,
              SegmentNamesCache* cache);

  // Whether documents give the value of names of this kind at all; not every feed does.
  [[nodiscard]] bool IsGiven(NameKind kind) const;
  // No more documents than that have a name of dict/; quickly found.
  [[nodiscard]] uint64_t AtMost(const TableName& name) const;
  // Documents of a name of dict/.
  [[nodiscard]] uint64_t Count(const TableName& name) const;
  // Documents of a station or an employer (a name of the segments' tables).
  [[nodiscard]] uint64_t Count(NameKind kind, std::string_view name) const;

  // Documents of an employer's number.
  [[nodiscard]] uint64_t CountNumber(uint64_t employer_number) const;

  // Returns at most `limit` stations or employers that begin as typed, those found in most
  // documents; unique. The views live as long as the snapshot. Cost: grows with the names that
  // begin so, and where these are many with the smaller of counted documents and names.
  [[nodiscard]] std::vector<std::string_view> Find(NameKind kind,
                                                   const TypedName& typed,
                                                   Spelling spelling,
                                                   size_t limit) const;
  // Whether the whole station or employer was typed.
  [[nodiscard]] bool IsWhole(NameKind kind, const TypedName& typed, std::string_view name) const;

  // Returns a document of the employer.
  [[nodiscard]] index::DocumentAddress AnyDocument(std::string_view employer) const;

 private:
  struct Sized {
    std::string_view name;
    uint64_t documents;
  };
  // At most so many names of a segment, where there are many.
  struct Wanted {
    size_t segment;
    size_t names;
  };
  [[nodiscard]] BitmapView Counted(NameKind kind, size_t segment) const {
    return counted_[static_cast<size_t>(kind)][segment];
  }
  [[nodiscard]] std::vector<Sized> FindInSegment(NameKind kind,
                                                 const TypedName& typed,
                                                 Spelling spelling,
                                                 const Wanted& wanted) const;
  [[nodiscard]] uint64_t CountPlace(const TableName& name, size_t segment) const;

  const index::Snapshot& snapshot_;
  const CountedDocuments& counted_;
  std::vector<std::shared_ptr<const SegmentNames>> names_;  // one a segment
};

}  // namespace kyujin::suggest
