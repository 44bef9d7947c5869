// Phrase matcher: which documents hold the parts of a word one after another in one field.
#pragma once

#include <string>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/text_index.h"

namespace kyujin::search {

// One part of a phrase: its term with the field's prefix, where it must stand relative to the first
// part, and its postings.
struct PhrasePart {
  std::string term;
  uint32_t offset = 0;
  const std::vector<index::Posting>* postings = nullptr;
};

// Returns the candidates that hold the phrase, with the number of times they do. Requires: at least
// two parts, in order of offset. Errors: kDeadlineExceeded, kCorruption.
Result<std::vector<index::Posting>> MatchPhrase(const std::vector<PhrasePart>& parts,
                                                BitmapView candidates,
                                                index::TextReader* reader,
                                                Deadline deadline);

}  // namespace kyujin::search
