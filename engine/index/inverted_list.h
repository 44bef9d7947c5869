// Inverted lists: for every name of a table the documents that have it, so that a filter on a
// station, a licence or an employer touches those documents alone. Written by column_builder.cc.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/index/column_file.h"

namespace kyujin::index {

// The documents of every name, ascending, one name after another.
struct InvertedList {
  std::vector<uint32_t> ends;  // per name
  std::vector<DocId> documents;
  std::vector<uint8_t> details;  // the low bits of each entry's value; empty without
};

// Inverts lists of values, one list a document (`ends`), each `name << detail_bits | detail`.
// Requires: every name is below `names`, detail_bits is 0 or 8.
InvertedList Invert(std::span<const uint32_t> ends,
                    std::span<const uint32_t> values,
                    size_t names,
                    unsigned detail_bits);

// Writes the sections docs.NAME.ends, docs.NAME and, when there are details, docs.NAME.minutes.
Status WriteInvertedList(std::string_view name, const InvertedList& list, ColumnFileWriter* file);

// Returns all documents in the order of `keys`, equal ones by document.
std::vector<DocId> OrderBy(std::span<const uint64_t> keys);

}  // namespace kyujin::index
