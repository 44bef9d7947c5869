// Phrase matcher: which documents hold the parts of a form one after another in one field, each as
// a word of its own or as a part of a compound.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bitmap_pool.h"
#include "engine/base/deadline.h"
#include "engine/base/result.h"
#include "engine/index/position_cursor.h"
#include "engine/index/text_reader.h"

namespace kyujin::search {

// A term with the field's prefix, and its postings.
struct TermPostings {
  std::string term;
  std::vector<index::Posting> postings;
};

// One part of a phrase: the terms of which one must stand there, and where that is relative to the
// first part.
struct PhrasePart {
  uint32_t offset = 0;
  std::array<TermPostings, 2> terms;  // as a word, as a part
};

// Matches one phrase in one field of one segment. Confined to one thread. Holds references to
// everything it is made with.
class PhraseMatcher {
 public:
  // Requires: at least two parts.
  PhraseMatcher(std::vector<PhrasePart> parts, index::TextReader* reader, Deadline deadline);

  // Keeps those of `documents` that hold every part, in any order. Cost: one pass over the
  // postings.
  void KeepDocumentsWithAll(BitmapPool* bitmaps, Bitmap* documents) const;

  // Returns those of `documents` that hold the phrase, with the number of times they do. Requires:
  // all of them hold every part. Cost: a fraction of a microsecond a
  // document. Errors: kDeadlineExceeded,
  // kCorruption.
  Result<std::vector<index::Posting>> Match(BitmapView documents);

 private:
  // Where the phrase can still start: a run of positions for each document that has any.
  struct Starts {
    std::vector<index::Posting> documents;  // frequency counts the positions of the run
    std::vector<uint32_t> positions;
  };

  // How far the postings of one term of the current part have been passed.
  struct TermWalk {
    TermWalk(index::TextReader* reader, const TermPostings& of)
        : term(of), positions(reader, of.term, of.postings) {}
    const TermPostings& term;
    size_t at = 0;
    index::PositionCursor positions;
  };

  void BeginPart(const PhrasePart& part);
  Result<Starts> FirstPart(const PhrasePart& part, BitmapView documents);
  Result<Starts> NextPart(const PhrasePart& part, const Starts& before);
  // Replaces `starts_` by where the phrase would start for `part` to stand where it does in `doc`.
  Status ReadStarts(const PhrasePart& part, DocId doc);
  Status ReadTerm(TermWalk* walk, DocId doc);

  std::vector<PhrasePart> parts_;  // the one with the fewest occurrences first
  index::TextReader* reader_;
  Deadline deadline_;
  std::array<std::optional<TermWalk>, 2> walks_;  // as PhrasePart::terms
  std::vector<uint32_t> starts_;
  std::vector<uint32_t> positions_;
  size_t documents_read_ = 0;
};

}  // namespace kyujin::search
