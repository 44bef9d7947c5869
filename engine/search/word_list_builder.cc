#include "engine/search/word_list_builder.h"

#include <algorithm>
#include <utility>

#include "engine/index/field_length.h"

namespace kyujin::search {

void WordListBuilder::Begin(uint32_t documents) {
  members_.view().ForEach([&](DocId doc) { scores_[doc] = 0; });
  documents_ = documents;
  members_.Resize(documents);
  members_.ClearAll();
  if (scores_.size() < documents) {
    scores_.resize(documents);
  }
}

void WordListBuilder::Add(const std::vector<index::Posting>& postings,
                          const WordWeight& weight,
                          std::span<const uint8_t> lengths) {
  for (const index::Posting& posting : postings) {
    const uint32_t length = index::DecodeLength(lengths[posting.doc]);
    scores_[posting.doc] += weight.Score(posting.frequency, length);
    members_.Set(posting.doc);
  }
}

std::unique_ptr<const WordList> WordListBuilder::Finish() {
  std::vector<uint32_t> scores;
  scores.reserve(members_.Count());
  members_.view().ForEach([&](DocId doc) {
    scores.push_back(static_cast<uint32_t>(std::min<uint64_t>(scores_[doc], UINT32_MAX)));
  });
  auto list = std::make_unique<const WordList>(members_.view(), documents_, std::move(scores));
  Begin(documents_);
  return list;
}

}  // namespace kyujin::search
