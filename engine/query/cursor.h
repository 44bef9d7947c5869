// Cursor: where the next page starts, as an opaque text for the client. It names the last hit by
// its sort key and number, so that paging goes on at a cost that does not grow with depth, in this
// generation and the next.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::query {

struct Cursor {
  uint64_t index_id = 0;      // of the index directory
  uint64_t generation = 0;    // in which the page was made
  uint64_t request_hash = 0;  // of SearchRequest::canonical
  uint64_t sort_key = 0;      // of the last hit; smaller keys come first (engine/search/sort_key.h)
  uint64_t number = 0;        // of the last hit
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// Returns base64url text with a version and a checksum.
std::string EncodeCursor(const Cursor& cursor);
// Errors: kInvalidArgument for text that EncodeCursor did not make.
Result<Cursor> DecodeCursor(std::string_view text);

}  // namespace kyujin::query
