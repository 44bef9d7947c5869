// WholeMatches: of a search that also finds partial words, what it finds without them. Such
// documents come first, whatever their scores, and only the others are called partial.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/search/word_list.h"
#include "engine/search/word_matcher.h"

namespace kyujin::search {

// Confined to one thread.
class WholeMatches {
 public:
  // More than all words of a request can add up to.
  static constexpr uint32_t kBonus = uint32_t{1} << 30U;

  // Keeps what one segment has, segment after segment, and adds to `found` a list that puts these
  // documents first.
  void Add(BitmapView documents, uint32_t segment_documents, WordMatches* found);

  [[nodiscard]] bool Has(uint32_t segment, DocId doc) const { return segments_[segment].Test(doc); }

 private:
  std::vector<Bitmap> segments_;
  std::vector<std::unique_ptr<const WordList>> lists_;
};

}  // namespace kyujin::search
