#include "engine/search/phrase_matcher.h"

#include <algorithm>
#include <iterator>

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

// Where the phrase can still start: a run of positions for each document that has any.
struct Starts {
  std::vector<Posting> documents;  // frequency counts the positions of the run
  std::vector<uint32_t> positions;

  void Add(DocId doc, const std::vector<uint32_t>& run) {
    if (!run.empty()) {
      documents.push_back({doc, static_cast<uint32_t>(run.size())});
      positions.insert(positions.end(), run.begin(), run.end());
    }
  }
};

// One part after another over all documents, never document by document: positions of a term lie
// side by side in the file, so that one block read serves many documents (about five times faster
// than alternating between terms).
class PhraseReader {
 public:
  PhraseReader(index::TextReader* reader, Deadline deadline)
      : reader_(reader), deadline_(deadline) {}

  Result<Starts> FirstPart(const PhrasePart& part, const std::vector<DocId>& documents) {
    Starts starts;
    for (const DocId doc : documents) {
      KYUJIN_RETURN_IF_ERROR(ReadPositions(part, doc));
      starts.Add(doc, positions_);
    }
    return starts;
  }

  // Keeps the starts that `part` follows at `distance`.
  Result<Starts> NextPart(const PhrasePart& part, uint32_t distance, const Starts& before) {
    Starts starts;
    auto run = before.positions.begin();
    std::vector<uint32_t> kept;
    for (const Posting& document : before.documents) {
      KYUJIN_RETURN_IF_ERROR(ReadPositions(part, document.doc));
      const auto end = run + document.frequency;
      kept.clear();
      std::copy_if(run, end, std::back_inserter(kept), [&](uint32_t start) {
        return std::binary_search(positions_.begin(), positions_.end(), start + distance);
      });
      starts.Add(document.doc, kept);
      run = end;
    }
    return starts;
  }

 private:
  Status ReadPositions(const PhrasePart& part, DocId doc) {
    if (++documents_read_ % kDocumentsPerClock == 0 && deadline_.expired()) {
      return DeadlineExceeded("phrase");
    }
    return reader_->ReadPositions(part.term, doc, &positions_);
  }

  index::TextReader* reader_;
  Deadline deadline_;
  std::vector<uint32_t> positions_;
  size_t documents_read_ = 0;
};

}  // namespace

Result<std::vector<Posting>> MatchPhrase(const std::vector<PhrasePart>& parts,
                                         BitmapView candidates,
                                         index::TextReader* reader,
                                         Deadline deadline) {
  PhraseReader phrase(reader, deadline);
  KYUJIN_ASSIGN_OR_RETURN(Starts starts,
                          phrase.FirstPart(parts.front(), DocumentsWithAll(parts, candidates)));
  for (size_t i = 1; i < parts.size(); ++i) {
    const uint32_t distance = parts[i].offset - parts.front().offset;
    KYUJIN_ASSIGN_OR_RETURN(starts, phrase.NextPart(parts[i], distance, starts));
  }
  return std::move(starts.documents);
}

}  // namespace kyujin::search
