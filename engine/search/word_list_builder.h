// WordListBuilder: adds up what a word's postings score, field after field, and makes a WordList of
// it. Its memory is used again for the next list.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/bitmap.h"
#include "engine/index/text_reader.h"
#include "engine/search/word_list.h"
#include "engine/search/word_weight.h"

namespace kyujin::search {

// Confined to one thread.
class WordListBuilder {
 public:
  // Starts a list over `documents`; what was not finished is dropped.
  void Begin(uint32_t documents);
  // Adds postings of one field. `lengths`: encoded, one for each document.
  void Add(const std::vector<index::Posting>& postings,
           const WordWeight& weight,
           std::span<const uint8_t> lengths);
  // Returns the list. A score past 32 bits, which no word in our fields reaches, stays there.
  std::unique_ptr<const WordList> Finish();

 private:
  uint32_t documents_ = 0;
  Bitmap members_;
  std::vector<uint64_t> scores_;  // zero but for members
};

}  // namespace kyujin::search
