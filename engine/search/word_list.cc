#include "engine/search/word_list.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace kyujin::search {

WordList::WordList(BitmapView members, uint32_t documents, std::vector<uint32_t> scores)
    : scores_(std::move(scores)) {
  if (!IsDense(scores_.size(), documents)) {
    docs_.reserve(scores_.size());
    members.ForEach([&](DocId doc) { docs_.push_back(doc); });
  } else {
    bits_.assign(members.words().begin(), members.words().end());
    ranks_.reserve(BlockCount(documents));
    uint32_t rank = 0;
    for (size_t i = 0; i < bits_.size(); ++i) {
      if (i % kBlockWords == 0) {
        ranks_.push_back(rank);
      }
      rank += static_cast<uint32_t>(std::popcount(bits_[i]));
    }
  }
  FindMaxima(documents);
}

size_t WordList::BlockBegin(size_t block) const {
  if (is_dense()) {
    return ranks_[block];
  }
  const auto first = static_cast<DocId>(block * kBlockDocuments);
  return static_cast<size_t>(std::lower_bound(docs_.begin(), docs_.end(), first) - docs_.begin());
}

void WordList::FindMaxima(uint32_t documents) {
  maximum_ = scores_.empty() ? 0 : *std::max_element(scores_.begin(), scores_.end());
  const size_t blocks = BlockCount(documents);
  if (scores_.size() < blocks * 2) {
    return;
  }
  block_maxima_.reserve(blocks);
  auto begin = scores_.begin();
  for (size_t block = 0; block < blocks; ++block) {
    const auto end = block + 1 < blocks
                         ? scores_.begin() + static_cast<std::ptrdiff_t>(BlockBegin(block + 1))
                         : scores_.end();
    block_maxima_.push_back(begin == end ? 0 : *std::max_element(begin, end));
    begin = end;
  }
}

size_t WordList::bytes() const {
  return sizeof(*this) + bits_.capacity() * sizeof(uint64_t) +
         (ranks_.capacity() + docs_.capacity() + scores_.capacity() + block_maxima_.capacity()) *
             sizeof(uint32_t);
}

}  // namespace kyujin::search
