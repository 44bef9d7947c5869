#include "engine/search/phrase_matcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kyujin::search {
namespace {

using index::Posting;

// Reading positions costs a fraction of a microsecond a document: the clock is asked every so many
// of them.
constexpr size_t kDocumentsPerClock = 256;

size_t Occurrences(const PhrasePart& part) {
  return part.terms[0].postings.size() + part.terms[1].postings.size();
}

}  // namespace

PhraseMatcher::PhraseMatcher(std::vector<PhrasePart> parts,
                             index::TextReader* reader,
                             Deadline deadline)
    : parts_(std::move(parts)), reader_(reader), deadline_(deadline) {
  std::stable_sort(parts_.begin(), parts_.end(), [](const PhrasePart& a, const PhrasePart& b) {
    return Occurrences(a) < Occurrences(b);
  });
}

void PhraseMatcher::KeepDocumentsWithAll(BitmapPool* bitmaps, Bitmap* documents) const {
  for (const PhrasePart& part : parts_) {
    const PooledBitmap with = bitmaps->TakeEmpty(documents->bits());
    for (const TermPostings& term : part.terms) {
      for (const Posting& posting : term.postings) {
        with->Set(posting.doc);
      }
    }
    documents->And(with->view());
  }
}

void PhraseMatcher::BeginPart(const PhrasePart& part) {
  for (size_t i = 0; i < part.terms.size(); ++i) {
    walks_[i].emplace(reader_, part.terms[i]);
  }
}

Status PhraseMatcher::ReadTerm(TermWalk* walk, DocId doc) {
  const auto& postings = walk->term.postings;
  const auto found = std::lower_bound(postings.begin() + static_cast<std::ptrdiff_t>(walk->at),
                                      postings.end(),
                                      doc,
                                      [](const Posting& p, DocId d) { return p.doc < d; });
  walk->at = static_cast<size_t>(found - postings.begin());
  positions_.clear();
  return found == postings.end() || found->doc != doc ? Status()
                                                      : walk->positions.Read(walk->at, &positions_);
}

Status PhraseMatcher::ReadStarts(const PhrasePart& part, DocId doc) {
  if (++documents_read_ % kDocumentsPerClock == 0 && deadline_.expired()) {
    return DeadlineExceeded("phrase");
  }
  starts_.clear();
  for (std::optional<TermWalk>& walk : walks_) {
    KYUJIN_RETURN_IF_ERROR(ReadTerm(&*walk, doc));
    const auto middle = static_cast<std::ptrdiff_t>(starts_.size());
    for (const uint32_t position : positions_) {
      if (position >= part.offset) {
        starts_.push_back(position - part.offset);
      }
    }
    std::inplace_merge(starts_.begin(), starts_.begin() + middle, starts_.end());
  }
  // A compound and its first part may be the same term at the same place.
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
  return {};
}

Result<PhraseMatcher::Starts> PhraseMatcher::FirstPart(const PhrasePart& part,
                                                       BitmapView documents) {
  Starts starts;
  BeginPart(part);
  for (size_t i = 0; i < documents.words().size(); ++i) {
    for (uint64_t word = documents.words()[i]; word != 0; word &= word - 1) {
      const auto doc = static_cast<DocId>(i * 64 + static_cast<size_t>(std::countr_zero(word)));
      KYUJIN_RETURN_IF_ERROR(ReadStarts(part, doc));
      if (!starts_.empty()) {
        starts.documents.push_back({doc, static_cast<uint32_t>(starts_.size())});
        starts.positions.insert(starts.positions.end(), starts_.begin(), starts_.end());
      }
    }
  }
  return starts;
}

Result<PhraseMatcher::Starts> PhraseMatcher::NextPart(const PhrasePart& part,
                                                      const Starts& before) {
  Starts starts;
  BeginPart(part);
  auto run = before.positions.begin();
  for (const Posting& document : before.documents) {
    KYUJIN_RETURN_IF_ERROR(ReadStarts(part, document.doc));
    const auto end = run + document.frequency;
    const size_t known = starts.positions.size();
    std::set_intersection(
        run, end, starts_.begin(), starts_.end(), std::back_inserter(starts.positions));
    if (const size_t added = starts.positions.size() - known; added > 0) {
      starts.documents.push_back({document.doc, static_cast<uint32_t>(added)});
    }
    run = end;
  }
  return starts;
}

// One part after another over all documents, never document by document: positions of a term lie
// side by side in its blocks, so that one block serves many documents.
Result<std::vector<Posting>> PhraseMatcher::Match(BitmapView documents) {
  KYUJIN_ASSIGN_OR_RETURN(Starts starts, FirstPart(parts_.front(), documents));
  for (size_t i = 1; i < parts_.size(); ++i) {
    KYUJIN_ASSIGN_OR_RETURN(starts, NextPart(parts_[i], starts));
  }
  return std::move(starts.documents);
}

}  // namespace kyujin::search
