#include "engine/index/term_runs.h"

#include <algorithm>
#include <memory>
#include <queue>
#include <utility>

#include "engine/base/coding.h"
#include "engine/index/posting_list.h"

namespace kyujin::index {
namespace {

// Postings go through the merge in pieces of about this size, so that blocks can be cut between.
constexpr size_t kPieceBytes = 1024;
// What a term costs in memory besides its bytes, roughly.
constexpr uint64_t kTermBytes = 256;

// A piece as it stands in a scratch file.
struct StoredPiece {
  DocId first = 0;
  DocId last = 0;
  uint32_t first_frequency = 0;
  uint32_t count = 0;
  std::string_view postings;
  std::string_view positions;
};

// Reads one scratch file, term by term. Confined to one thread.
class RunReader {
 public:
  RunReader(std::shared_ptr<const MappedFile> file, DocId base, size_t order)
      : file_(std::move(file)), rest_(file_->bytes()), base_(base), order_(order) {}

  // Goes to the next term. Returns false at the end.
  Result<bool> NextTerm() {
    if (rest_.empty()) {
      return false;
    }
    const auto term = rest_.Bytes();
    const auto postings = rest_.Varint();
    const auto pieces = rest_.Varint();
    if (!pieces || term->empty()) {
      return Broken();
    }
    term_ = *term;
    postings_ = static_cast<uint32_t>(*postings);
    pieces_ = *pieces;
    return true;
  }

  // Goes to the next piece of the term, in documents of the segment. Returns false when there is
  // none.
  Result<bool> NextPiece(StoredPiece* piece) {
    if (pieces_ == 0) {
      return false;
    }
    --pieces_;
    const auto first = rest_.Varint();
    const auto last = rest_.Varint();
    const auto first_frequency = rest_.Varint();
    const auto count = rest_.Varint();
    const auto postings = rest_.Bytes();
    const auto positions = rest_.Bytes();
    if (!positions) {
      return Broken();
    }
    *piece = {base_ + static_cast<DocId>(*first),
              base_ + static_cast<DocId>(*last),
              static_cast<uint32_t>(*first_frequency),
              static_cast<uint32_t>(*count),
              *postings,
              *positions};
    return true;
  }

  [[nodiscard]] std::string_view term() const { return term_; }
  // How many postings of the term this file has.
  [[nodiscard]] uint32_t postings() const { return postings_; }
  // True when this comes after `other`: by term, and of one term by document.
  [[nodiscard]] bool IsAfter(const RunReader& other) const {
    return term_ != other.term_ ? term_ > other.term_ : order_ > other.order_;
  }

 private:
  [[nodiscard]] Error Broken() const {
    return Corruption(file_->path().string() + ": not as it was written");
  }

  std::shared_ptr<const MappedFile> file_;
  ByteReader rest_;
  DocId base_;
  size_t order_;
  std::string_view term_;
  uint32_t postings_ = 0;
  uint64_t pieces_ = 0;
};

struct IsAfter {
  bool operator()(const RunReader* a, const RunReader* b) const { return a->IsAfter(*b); }
};

// Makes blocks of what the readers have, one term after another. Confined to one thread.
class BlockMaker {
 public:
  explicit BlockMaker(const BlockSink& write) : write_(write) {}

  // Adds the term at which all of `readers` stand. Requires: terms ascend.
  Status AddTerm(const std::vector<RunReader*>& readers) {
    term_ = readers.front()->term();
    place_ = 0;
    total_ = 0;
    for (const RunReader* reader : readers) {
      total_ += reader->postings();
    }
    for (RunReader* reader : readers) {
      StoredPiece piece;
      for (;;) {
        KYUJIN_ASSIGN_OR_RETURN(const bool has_piece, reader->NextPiece(&piece));
        if (!has_piece) {
          break;
        }
        KYUJIN_RETURN_IF_ERROR(AddPiece(piece));
      }
    }
    return {};
  }

  // Writes the blocks that are not full.
  Status Finish() {
    KYUJIN_RETURN_IF_ERROR(Write(&postings_));
    return Write(&positions_);
  }

 private:
  Status AddPiece(const StoredPiece& piece) {
    bytes_.clear();
    if (place_ == 0) {
      AppendVarint(&bytes_, total_);
    }
    AppendPosting(&bytes_,
                  postings_.Continues(term_) ? piece.first - last_ : piece.first,
                  piece.first_frequency);
    bytes_ += piece.postings;
    postings_.Add(term_, {place_, piece.count, bytes_}, piece.last);
    positions_.Add(term_, {place_, piece.count, piece.positions}, piece.last);
    place_ += piece.count;
    last_ = piece.last;
    if (postings_.full()) {
      KYUJIN_RETURN_IF_ERROR(Write(&postings_));
    }
    return positions_.full() ? Write(&positions_) : Status();
  }

  Status Write(TermBlockBuilder* builder) {
    return builder->empty() ? Status() : write_(builder->kind(), builder->Finish());
  }

  const BlockSink& write_;
  TermBlockBuilder postings_{BlockKind::kPostings};
  TermBlockBuilder positions_{BlockKind::kPositions};
  std::string term_;
  uint32_t total_ = 0;  // its postings
  uint32_t place_ = 0;  // of the next one
  DocId last_ = 0;      // of the one before
  std::string bytes_;
};

}  // namespace

void TermRunWriter::Term::ClosePiece() {
  AppendVarint(&closed, open.first);
  AppendVarint(&closed, open.last);
  AppendVarint(&closed, open.first_frequency);
  AppendVarint(&closed, open.count);
  AppendBytes(&closed, open.postings);
  AppendBytes(&closed, open.positions);
  ++pieces;
  open.count = 0;
  open.postings.clear();
  open.positions.clear();
}

// Gives the memory back: a string that is assigned an empty one keeps its own.
void TermRunWriter::Term::Clear() {
  postings = 0;
  pieces = 0;
  std::string().swap(closed);
  Piece empty;
  std::swap(open, empty);
}

uint64_t TermRunWriter::held_bytes() const {
  uint64_t bytes = 0;
  for (const Term& term : terms_) {
    for (const std::string* held : {&term.closed, &term.open.postings, &term.open.positions}) {
      bytes += held->capacity() - std::string().capacity();
    }
  }
  return bytes;
}

uint32_t TermRunWriter::AddTerm(std::string_view term) {
  terms_.emplace_back().name = term;
  return static_cast<uint32_t>(terms_.size() - 1);
}

Status TermRunWriter::Add(uint32_t term, DocId doc, std::span<const uint32_t> positions) {
  Term& to = terms_[term];
  if (to.postings++ == 0) {
    waiting_.push_back(term);
    bytes_ += kTermBytes;
  }
  Piece& piece = to.open;
  const size_t before = piece.postings.size() + piece.positions.size();
  const auto frequency = static_cast<uint32_t>(positions.size());
  if (piece.count++ == 0) {
    piece.first = doc;
    piece.first_frequency = frequency;
  } else {
    AppendPosting(&piece.postings, doc - piece.last, frequency);
  }
  piece.last = doc;
  AppendPositions(&piece.positions, positions);
  bytes_ += piece.postings.size() + piece.positions.size() - before;
  if (std::max(piece.postings.size(), piece.positions.size()) >= kPieceBytes) {
    to.ClosePiece();
  }
  return bytes_ < memory_bytes_ ? Status() : WriteFile();
}

Status TermRunWriter::Finish() {
  return waiting_.empty() ? Status() : WriteFile();
}

Status TermRunWriter::WriteFile() {
  std::sort(waiting_.begin(), waiting_.end(), [this](uint32_t a, uint32_t b) {
    return terms_[a].name < terms_[b].name;
  });
  KYUJIN_ASSIGN_OR_RETURN(const auto file,
                          FileWriter::Create(folder_ / ("runs-" + std::to_string(files_.size()))));
  std::string head;
  for (const uint32_t number : waiting_) {
    Term& term = terms_[number];
    if (term.open.count > 0) {
      term.ClosePiece();
    }
    head.clear();
    AppendBytes(&head, term.name);
    AppendVarint(&head, term.postings);
    AppendVarint(&head, term.pieces);
    KYUJIN_RETURN_IF_ERROR(file->Append(head));
    KYUJIN_RETURN_IF_ERROR(file->Append(term.closed));
    term.Clear();
  }
  KYUJIN_ASSIGN_OR_RETURN(ScratchFile written, file->FinishScratch());
  files_.push_back(std::move(written));
  waiting_.clear();
  bytes_ = 0;
  return {};
}

Status MergeTermRuns(const std::vector<TermRunFile>& files, const BlockSink& write) {
  std::vector<std::unique_ptr<RunReader>> readers;
  std::priority_queue<RunReader*, std::vector<RunReader*>, IsAfter> next;
  const auto go_on = [&next](RunReader* reader) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(const bool has_term, reader->NextTerm());
    if (has_term) {
      next.push(reader);
    }
    return {};
  };
  for (const TermRunFile& file : files) {
    KYUJIN_ASSIGN_OR_RETURN(auto mapped, MappedFile::Open(file.file));
    readers.push_back(std::make_unique<RunReader>(std::move(mapped), file.base, readers.size()));
    KYUJIN_RETURN_IF_ERROR(go_on(readers.back().get()));
  }
  BlockMaker maker(write);
  std::vector<RunReader*> same;  // term
  while (!next.empty()) {
    same.clear();
    do {
      same.push_back(next.top());
      next.pop();
    } while (!next.empty() && next.top()->term() == same.front()->term());
    KYUJIN_RETURN_IF_ERROR(maker.AddTerm(same));
    for (RunReader* reader : same) {
      KYUJIN_RETURN_IF_ERROR(go_on(reader));
    }
  }
  return maker.Finish();
}

}  // namespace kyujin::index
