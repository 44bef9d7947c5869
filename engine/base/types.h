// Small types that every layer above shares.
#pragma once

#include <cstdint>

namespace kyujin {

// Dense number of a document inside one segment, 0-based, in order of posting numbers. It never
// leaves the engine: the outside knows postings by their number.
using DocId = uint32_t;

}  // namespace kyujin
