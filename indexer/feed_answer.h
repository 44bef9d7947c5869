// What the feed's API answers (HWIS.md 2.1): the token, the list of data, and a page of postings,
// of which only the form is checked here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::indexer {

// One row of the list. Thread rule: Thread-compatible.
struct FeedData {
  std::string id;  // "M100": the whole country
  uint64_t count = 0;
  uint64_t pages = 0;
};

// Errors of all: kCorruption when the answer is not what it must be; the message does not quote it.
Result<std::string> ParseToken(std::string_view xml);
Result<std::vector<FeedData>> ParseDataList(std::string_view xml);
// Returns the number of postings of a page that is whole, from the first tag to the last.
Result<uint64_t> CountPostings(std::string_view xml);

}  // namespace kyujin::indexer
