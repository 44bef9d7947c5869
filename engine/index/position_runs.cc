#include "engine/index/position_runs.h"

#include <algorithm>
#include <memory>
#include <queue>
#include <utility>

#include "engine/base/coding.h"
#include "engine/base/file.h"

namespace kyujin::index {
namespace {

// Postings go through the merge in pieces of about this size, so that blocks can be cut between.
constexpr size_t kPieceBytes = 1024;
// What a term costs in memory besides its bytes, roughly.
constexpr uint64_t kTermBytes = 192;

// Reads one scratch file, term by term. Confined to one thread.
class RunReader {
 public:
  RunReader(std::shared_ptr<const MappedFile> file, DocId base, size_t order)
      : file_(std::move(file)), rest_(file_->bytes()), base_(base), order_(order) {}

  // Goes to the next term. Returns false at the end.
  Result<bool> Next() {
    if (rest_.empty()) {
      return false;
    }
    const auto term = rest_.Bytes();
    const auto pieces = rest_.Varint();
    if (!term || !pieces || term->empty()) {
      return Broken();
    }
    term_ = *term;
    pieces_ = *pieces;
    return true;
  }

  // Adds the term's postings to `builder`, of which `first` came before. Returns how many there
  // are then.
  Result<uint32_t> AddTo(uint32_t first,
                         PositionBlockBuilder* builder,
                         const std::function<Status(const PositionBlockBuilder::Block&)>& write) {
    for (; pieces_ > 0; --pieces_) {
      const auto last = rest_.Varint();
      const auto count = rest_.Varint();
      const auto bytes = rest_.Bytes();
      if (!last || !count || !bytes) {
        return Broken();
      }
      const auto postings = static_cast<uint32_t>(*count);
      builder->Add(term_, {first, postings, *bytes}, base_ + static_cast<DocId>(*last));
      first += postings;
      if (builder->full()) {
        KYUJIN_RETURN_IF_ERROR(write(builder->Finish()));
      }
    }
    return first;
  }

  [[nodiscard]] std::string_view term() const { return term_; }
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
  uint64_t pieces_ = 0;
};

struct IsAfter {
  bool operator()(const RunReader* a, const RunReader* b) const { return a->IsAfter(*b); }
};

}  // namespace

void PositionRunWriter::Term::ClosePiece() {
  AppendVarint(&closed, last);
  AppendVarint(&closed, count);
  AppendBytes(&closed, open);
  ++pieces;
  count = 0;
  open.clear();
}

uint32_t PositionRunWriter::AddTerm(std::string_view term) {
  terms_.emplace_back().name = term;
  return static_cast<uint32_t>(terms_.size() - 1);
}

Status PositionRunWriter::Add(uint32_t term, DocId doc, std::span<const uint32_t> positions) {
  Term& to = terms_[term];
  if (to.empty()) {
    waiting_.push_back(term);
    bytes_ += kTermBytes;
  }
  const size_t before = to.open.size();
  AppendPositions(&to.open, positions);
  bytes_ += to.open.size() - before;
  ++to.count;
  to.last = doc;
  if (to.open.size() >= kPieceBytes) {
    to.ClosePiece();
  }
  return bytes_ < memory_bytes_ ? Status() : WriteFile();
}

Status PositionRunWriter::Finish() {
  return waiting_.empty() ? Status() : WriteFile();
}

Status PositionRunWriter::WriteFile() {
  std::sort(waiting_.begin(), waiting_.end(), [this](uint32_t a, uint32_t b) {
    return terms_[a].name < terms_[b].name;
  });
  std::filesystem::path path = folder_ / ("positions-" + std::to_string(files_.size()));
  KYUJIN_ASSIGN_OR_RETURN(const auto file, FileWriter::Create(path));
  std::string head;
  for (const uint32_t number : waiting_) {
    Term& term = terms_[number];
    if (term.count > 0) {
      term.ClosePiece();
    }
    head.clear();
    AppendBytes(&head, term.name);
    AppendVarint(&head, term.pieces);
    KYUJIN_RETURN_IF_ERROR(file->Append(head));
    KYUJIN_RETURN_IF_ERROR(file->Append(term.closed));
    term.pieces = 0;
    term.closed = std::string();
    term.open = std::string();
  }
  KYUJIN_RETURN_IF_ERROR(file->Finish());
  files_.push_back(std::move(path));
  waiting_.clear();
  bytes_ = 0;
  return {};
}

Status MergePositionRuns(const std::vector<PositionRunFile>& files,
                         const std::function<Status(const PositionBlockBuilder::Block&)>& write) {
  std::vector<std::unique_ptr<RunReader>> readers;
  std::priority_queue<RunReader*, std::vector<RunReader*>, IsAfter> next;
  for (const PositionRunFile& file : files) {
    KYUJIN_ASSIGN_OR_RETURN(auto mapped, MappedFile::Open(file.path));
    readers.push_back(std::make_unique<RunReader>(std::move(mapped), file.base, readers.size()));
    KYUJIN_ASSIGN_OR_RETURN(const bool has_term, readers.back()->Next());
    if (has_term) {
      next.push(readers.back().get());
    }
  }
  PositionBlockBuilder builder;
  std::string term;
  uint32_t postings = 0;
  while (!next.empty()) {
    RunReader* reader = next.top();
    next.pop();
    if (reader->term() != term) {
      term = reader->term();
      postings = 0;
    }
    KYUJIN_ASSIGN_OR_RETURN(postings, reader->AddTo(postings, &builder, write));
    KYUJIN_ASSIGN_OR_RETURN(const bool has_term, reader->Next());
    if (has_term) {
      next.push(reader);
    }
  }
  return builder.empty() ? Status() : write(builder.Finish());
}

}  // namespace kyujin::index
