// Posting lists: a term's documents, how often it stands in each, and where, as bytes of the runs
// of term blocks (FORMAT.md 5). Pure functions; reading never goes past the end.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/coding.h"
#include "engine/base/types.h"
#include "engine/index/term_block.h"

namespace kyujin::index {

// A document that holds a term, and how often.
struct Posting {
  DocId doc = 0;
  uint32_t frequency = 0;
  friend bool operator==(const Posting&, const Posting&) = default;
};

// Appends a posting. `distance`: from the document before in its run, or from 0. Requires:
// frequency is not 0.
void AppendPosting(std::string* bytes, DocId distance, uint32_t frequency);

// How many postings the term of `run` has in all. Returns nothing when the run is not the term's
// first one, or broken.
std::optional<uint32_t> PostingTotal(const TermRun& run);

// Appends the postings of `run`. Returns false when the bytes are broken: fewer or more postings
// than the run says, documents that do not ascend, frequencies of 0.
bool ReadPostings(const TermRun& run, std::vector<Posting>* postings);

// Appends the positions of one posting, ascending.
void AppendPositions(std::string* bytes, std::span<const uint32_t> positions);

// Replaces `positions` by the next posting's, which has `frequency` of them: ascending, equal ones
// once. Returns false when the bytes are broken.
bool ReadPositions(ByteReader* bytes, uint32_t frequency, std::vector<uint32_t>* positions);

// Passes `count` positions. Returns false when there are fewer.
bool SkipPositions(ByteReader* bytes, uint64_t count);

}  // namespace kyujin::index
