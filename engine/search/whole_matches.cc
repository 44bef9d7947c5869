#include "engine/search/whole_matches.h"

namespace kyujin::search {

void WholeMatches::Add(BitmapView documents, uint32_t segment_documents, WordMatches* found) {
  segments_.emplace_back(segment_documents, documents);
  if (const uint64_t count = documents.Count(); count > 0) {
    lists_.push_back(std::make_unique<const WordList>(
        documents, segment_documents, std::vector<uint32_t>(count, kBonus)));
    found->scoring.push_back(lists_.back().get());
  }
}

}  // namespace kyujin::search
