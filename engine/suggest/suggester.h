// Suggester: the entry of engine/suggest. From the start of a name to what it may become, with live
// counts.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/suggest/segment_names.h"
#include "engine/suggest/suggestion.h"
#include "engine/suggest/table_names.h"

namespace kyujin::suggest {

// Returns how many documents a search for `words` finds under the other filters.
using CountWords = std::function<Result<uint64_t>(std::string_view words)>;

struct SuggestRequest {
  std::string_view typed;
  size_t limit = 10;
  // For names of values that no document gives: they are looked for as words. Dear, so asked for a
  // few names only. May be empty.
  CountWords count_words = {};
};

// Thread rule: Thread-safe.
class Suggester {
 public:
  // Returns at most `limit` names that begin as typed, by kanji, kana or letters, or with one
  // mistake when nothing does; those that no counted document has are left out. Whole names come
  // first, then those found most often; no kind takes more than half of the room while others have
  // names. Errors: kCorruption,
  // and those of count_words.
  Result<std::vector<Suggestion>> Suggest(const SuggestRequest& request,
                                          const index::Snapshot& snapshot,
                                          const CountedDocuments& counted);

  // Makes what the first request would have to make. Cost: at a million documents about a second.
  void Warm(const index::Snapshot& snapshot);

 private:
  TableNames tables_;
  SegmentNamesCache segments_;
};

}  // namespace kyujin::suggest
