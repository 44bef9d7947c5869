// PositionCursor: where one term stands in its documents, posting after posting. Phrases are
// matched with it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/coding.h"
#include "engine/base/result.h"
#include "engine/index/posting_list.h"
#include "engine/index/text_reader.h"

namespace kyujin::index {

// Confined to one thread. Holds the reader and the postings, which must outlive it.
class PositionCursor {
 public:
  // Requires: `postings` are all of the term.
  PositionCursor(TextReader* reader, std::string_view term, std::span<const Posting> postings)
      : reader_(reader), term_(term), postings_(postings) {}

  // Replaces `positions` by those of the term in document postings[place].doc, ascending, each
  // once. Requires: places ascend from call to call. Cost: nanoseconds for each position passed.
  // Errors: kCorruption.
  Status Read(size_t place, std::vector<uint32_t>* positions);

 private:
  Status OpenBlock(size_t place);
  [[nodiscard]] Error Broken() const;

  TextReader* reader_;
  std::string term_;
  std::span<const Posting> postings_;
  std::string block_;
  ByteReader rest_{{}};  // of the run in block_
  size_t next_ = 0;      // the posting at which rest_ begins
  size_t end_ = 0;       // the posting after the run
};

}  // namespace kyujin::index
