#include "engine/search/phrase_matcher.h"

#include <algorithm>

namespace kyujin::search {
namespace {

using index::Posting;

// Reading positions costs microseconds a document: the clock is asked every so many of them.
constexpr size_t kDocumentsPerClock = 256;

const PhrasePart& RarestPart(const std::vector<PhrasePart>& parts) {
  return *std::min_element(
      parts.begin(), parts.end(), [](const PhrasePart& a, const PhrasePart& b) {
        return a.postings->size() < b.postings->size();
      });
}

// The candidates that hold every part, in any order.
std::vector<DocId> DocumentsWithAll(const std::vector<PhrasePart>& parts, BitmapView candidates) {
  std::vector<DocId> documents;
  for (const Posting& posting : *RarestPart(parts).postings) {
    if (candidates.Test(posting.doc)) {
      documents.push_back(posting.doc);
    }
  }
  const Posting* rarest = RarestPart(parts).postings->data();
  for (const PhrasePart& part : parts) {
    if (part.postings->data() == rarest) {
      continue;
    }
    auto at = part.postings->begin();
    std::erase_if(documents, [&](DocId doc) {
      at = std::lower_bound(
          at, part.postings->end(), doc, [](const Posting& p, DocId d) { return p.doc < d; });
      return at == part.postings->end() || at->doc != doc;
    });
  }
  return documents;
}

// Keeps the positions p of the first part for which `positions` holds p + offset.
void KeepFollowed(const std::vector<uint32_t>& positions,
                  uint32_t offset,
                  std::vector<uint32_t>* starts) {
  std::erase_if(*starts, [&](uint32_t start) {
    return !std::binary_search(positions.begin(), positions.end(), start + offset);
  });
}

}  // namespace

Result<std::vector<Posting>> MatchPhrase(const std::vector<PhrasePart>& parts,
                                         BitmapView candidates,
                                         index::TextReader* reader,
                                         Deadline deadline) {
  std::vector<Posting> matches;
  std::vector<uint32_t> starts;
  std::vector<uint32_t> positions;
  size_t looked_at = 0;
  for (const DocId doc : DocumentsWithAll(parts, candidates)) {
    if (++looked_at % kDocumentsPerClock == 0 && deadline.expired()) {
      return DeadlineExceeded("phrase");
    }
    KYUJIN_RETURN_IF_ERROR(reader->ReadPositions(parts.front().term, doc, &starts));
    for (size_t i = 1; i < parts.size() && !starts.empty(); ++i) {
      KYUJIN_RETURN_IF_ERROR(reader->ReadPositions(parts[i].term, doc, &positions));
      KeepFollowed(positions, parts[i].offset - parts.front().offset, &starts);
    }
    if (!starts.empty()) {
      matches.push_back({doc, static_cast<uint32_t>(starts.size())});
    }
  }
  return matches;
}

}  // namespace kyujin::search
