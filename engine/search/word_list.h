// WordList: one word in one segment, ready to search with: which documents hold it in any of the
// searched fields, what it adds to the score of each, and the most it can add within each block of
// documents. Made once (word_list_builder.h), remembered by the postings cache.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/base/shared_cache.h"
#include "engine/base/types.h"

namespace kyujin::search {

// Documents that are ranked together.
inline constexpr uint32_t kBlockDocuments = 512;
inline constexpr uint32_t kBlockWords = kBlockDocuments / 64;  // of a bitmap
inline constexpr size_t BlockCount(size_t documents) {
  return (documents + kBlockDocuments - 1) / kBlockDocuments;
}

// Thread rule: Immutable.
class WordList : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'L';

  // A list that is dense takes less memory as a bitmap, and joins bitmaps faster.
  static bool IsDense(size_t count, size_t documents) { return count * 32 > documents; }

  // `members` within a segment of `documents`; one score for each member, in order.
  WordList(BitmapView members, uint32_t documents, std::vector<uint32_t> scores);

  [[nodiscard]] uint32_t count() const { return static_cast<uint32_t>(scores_.size()); }
  [[nodiscard]] bool is_dense() const { return !bits_.empty(); }
  // Requires: is_dense().
  [[nodiscard]] BitmapView bits() const { return BitmapView(bits_); }
  // Ascending. Requires: !is_dense().
  [[nodiscard]] std::span<const DocId> docs() const { return docs_; }
  // One for each document, in order.
  [[nodiscard]] std::span<const uint32_t> scores() const { return scores_; }
  // Where the members of a block begin in scores(). O(1) where dense, else O(log n).
  [[nodiscard]] size_t BlockBegin(size_t block) const;

  // Short lists have none: they are soon read through.
  [[nodiscard]] bool has_block_maxima() const { return !block_maxima_.empty(); }
  // The most that a document of the block is given. Requires: has_block_maxima().
  [[nodiscard]] uint32_t BlockMaximum(size_t block) const { return block_maxima_[block]; }
  [[nodiscard]] uint32_t maximum() const { return maximum_; }

  [[nodiscard]] size_t bytes() const override;

 private:
  void FindMaxima(uint32_t documents);

  std::vector<uint64_t> bits_;
  std::vector<uint32_t> ranks_;  // members before each block; dense lists
  std::vector<DocId> docs_;
  std::vector<uint32_t> scores_;
  std::vector<uint32_t> block_maxima_;
  uint32_t maximum_ = 0;
};

}  // namespace kyujin::search
