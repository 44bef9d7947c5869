#include "engine/index/segment_verifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/index/card_codec.h"
#include "engine/index/column_builder.h"
#include "engine/index/format.h"
#include "engine/index/position_cursor.h"
#include "engine/index/posting_terms.h"
#include "engine/index/text_reader.h"

namespace kyujin::index {

void Problems::Add(std::string problem) {
  ++count_;
  if (shown_.size() < kShown) {
    shown_.push_back(std::move(problem));
  }
}

void Problems::Add(const Status& status) {
  if (!status.has_value()) {
    Add(status.error().message);
  }
}

namespace {

namespace fs = std::filesystem;

// Checks one segment. Confined to one thread.
class SegmentVerifier {
 public:
  SegmentVerifier(const Segment& segment,
                  const SegmentInfo& info,
                  const VerifyTools& tools,
                  Problems* problems)
      : segment_(segment),
        info_(info),
        tools_(tools),
        problems_(problems),
        analyzer_(tools.analyzer),
        lengths_(segment.documents()) {
    const uint32_t documents = segment.documents();
    step_ = std::max<uint32_t>(1, documents / std::max<uint32_t>(1, tools.derived_documents));
    words_of_.resize((documents + step_ - 1) / step_);
  }

  Status Run(const std::stop_token& stop) {
    stop_ = stop;
    if (Status status = CheckText(); !status.has_value()) {
      // Without words nothing else can be compared.
      problems_->Add(status);
      return StoppedOr({});
    }
    for (DocId doc = 0; doc < segment_.documents() && !stop_.stop_requested(); ++doc) {
      CheckDocument(doc);
    }
    KYUJIN_RETURN_IF_ERROR(StoppedOr({}));
    return CheckColumns();
  }

 private:
  [[nodiscard]] Status StoppedOr(const Status& status) const {
    return stop_.stop_requested() ? Status(Unavailable("interrupted")) : status;
  }

  // Is the document derived and analysed anew?
  [[nodiscard]] bool IsChosen(DocId doc) const { return doc % step_ == 0; }

  // Counts the words of each document by walking through all posting lists and positions, and
  // remembers those of the documents that are chosen.
  Status CheckText() {
    KYUJIN_RETURN_IF_ERROR(CheckTextStructure(segment_.text_path()));
    KYUJIN_ASSIGN_OR_RETURN(reader_, TextReader::Open(segment_.text_path()));
    const uint32_t documents = reader_->documents();
    if (documents != segment_.documents()) {
      return Corruption(fmt::format("{}: {} counts {} documents instead of {}",
                                    info_.name,
                                    kTextFile,
                                    documents,
                                    segment_.documents()));
    }
    const Status counted =
        reader_->ForEachTerm("", [this](std::string_view term, uint32_t /*documents*/) -> Status {
          KYUJIN_RETURN_IF_ERROR(CountTerm(std::string(term)));
          return StoppedOr({});
        });
    KYUJIN_RETURN_IF_ERROR(counted);
    KYUJIN_RETURN_IF_ERROR(CheckBlocks(BlockKind::kPostings));
    return CheckBlocks(BlockKind::kPositions);
  }

  // All runs of a kind together hold each posting once: their terms were read from end to end
  // already. What a block is found by is what stands in it last.
  Status CheckBlocks(BlockKind kind) {
    uint64_t postings = 0;
    const auto check = [&](const std::string& key, const std::string& block) -> Result<bool> {
      TermBlockReader runs(block);
      bool is_whole = true;
      while (runs.Next()) {
        postings += runs.run().count;
        postings_.clear();
        is_whole =
            is_whole && (kind == BlockKind::kPositions || ReadPostings(runs.run(), &postings_));
      }
      const DocId last = postings_.empty() ? 0 : postings_.back().doc;
      if (runs.failed() || !is_whole ||
          (kind == BlockKind::kPostings && key != BlockKey(kind, runs.term(), last))) {
        return Corruption(fmt::format("{}: {}: block '{}' is broken", info_.name, kTextFile, key));
      }
      KYUJIN_RETURN_IF_ERROR(StoppedOr({}));
      return true;
    };
    KYUJIN_RETURN_IF_ERROR(reader_->ForEachBlock(kind, BlockKey(kind, "", 0), check));
    if (postings != all_postings_) {
      return Corruption(fmt::format("{}: {}: blocks of {} of {} postings instead of {}",
                                    info_.name,
                                    kTextFile,
                                    kind == BlockKind::kPostings ? "documents" : "positions",
                                    postings,
                                    all_postings_));
    }
    return {};
  }

  Status CountTerm(const std::string& term) {
    const auto fields = schema::SearchFields();
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& spec) {
      return term.starts_with(spec.term_prefix);
    });
    KYUJIN_RETURN_IF_ERROR(reader_->ReadPostings(term, &postings_));
    if (field == fields.end() || postings_.empty() || postings_.back().doc >= lengths_.size()) {
      return Corruption(
          fmt::format("{}: {}: the term '{}' is not one of ours", info_.name, kTextFile, term));
    }
    const bool is_part = text::IsPartTerm(std::string_view(term).substr(1));
    PositionCursor cursor(reader_.get(), term, postings_);
    for (size_t i = 0; i < postings_.size(); ++i) {
      const Posting& posting = postings_[i];
      lengths_[posting.doc][static_cast<size_t>(field->id)] += is_part ? 0 : posting.frequency;
      KYUJIN_RETURN_IF_ERROR(cursor.Read(i, &positions_));
      if (IsChosen(posting.doc)) {
        for (const uint32_t position : positions_) {
          words_of_[posting.doc / step_].push_back({term, position});
        }
      }
    }
    all_postings_ += postings_.size();
    return {};
  }

  void CheckDocument(DocId doc) {
    StoredPosting stored;
    const Result<schema::JobPosting> posting = ReadPosting(doc, &stored);
    if (!posting.has_value()) {
      problems_->Add(fmt::format("{}: document {}: {}", info_.name, doc, posting.error().message));
      return;
    }
    if (IsChosen(doc)) {
      CheckDerived(*posting, stored);
      CheckWords(doc, *posting);
    }
    columns_.Add(*posting, lengths_[doc]);
  }

  Result<schema::JobPosting> ReadPosting(DocId doc, StoredPosting* stored) const {
    KYUJIN_ASSIGN_OR_RETURN(stored->hit, segment_.hits().Read(doc));
    KYUJIN_ASSIGN_OR_RETURN(stored->card, segment_.cards().Read(doc));
    return DecodePosting(stored->hit, stored->card);
  }

  void CheckDerived(const schema::JobPosting& posting, const StoredPosting& stored) {
    schema::JobPosting again;
    schema::Rejection rejection;
    StoredPosting stored_again;
    if (tools_.deriver->Derive(posting.feed, &again, &rejection)) {
      EncodePosting(again, &stored_again);
    }
    if (stored_again != stored) {
      problems_->Add(fmt::format("{}: {}: the feed's text derives to other values than the card's",
                                 info_.name,
                                 posting.number.ToString()));
    }
  }

  // Every word of the text is where it must be, and there are no others.
  void CheckWords(DocId doc, const schema::JobPosting& posting) {
    FieldLengths lengths;
    CollectTerms(posting, &analyzer_, &occurrences_, &lengths);
    // Two tokens of one term may begin at the same place: it is kept once.
    std::sort(occurrences_.begin(), occurrences_.end());
    occurrences_.erase(std::unique(occurrences_.begin(), occurrences_.end()), occurrences_.end());
    if (occurrences_ != words_of_[doc / step_] || lengths != lengths_[doc]) {
      problems_->Add(fmt::format("{}: {}: {} has other words than the card's text",
                                 info_.name,
                                 posting.number.ToString(),
                                 kTextFile));
    }
  }

  Status CheckColumns() {
    const fs::path path = tools_.scratch / kColumnFile;
    KYUJIN_RETURN_IF_ERROR(WriteColumnFile(path, {&columns_}));
    const Result<std::unique_ptr<const ColumnFile>> again = ColumnFile::Open(path);
    std::error_code error;
    fs::remove(path, error);
    KYUJIN_RETURN_IF_ERROR(again);
    for (const std::string_view name : (*again)->SectionNames()) {
      const Result<std::string_view> expected = (*again)->Section(name);
      const Result<std::string_view> found = segment_.columns().file().Section(name);
      if (!found.has_value() || *found != *expected) {
        problems_->Add(fmt::format(
            "{}: {}: section {} is not what the cards say", info_.name, kColumnFile, name));
      }
    }
    return {};
  }

  const Segment& segment_;
  const SegmentInfo& info_;
  const VerifyTools& tools_;
  Problems* problems_;
  std::stop_token stop_;
  text::Analyzer analyzer_;
  std::unique_ptr<TextReader> reader_;
  ShardColumns columns_;
  std::vector<FieldLengths> lengths_;  // by document
  uint64_t all_postings_ = 0;
  uint32_t step_ = 1;
  std::vector<std::vector<TermOccurrence>> words_of_;  // of chosen documents, ascending
  std::vector<TermOccurrence> occurrences_;
  std::vector<Posting> postings_;
  std::vector<uint32_t> positions_;
};

}  // namespace

Status VerifySegment(const Segment& segment,
                     const SegmentInfo& info,
                     const VerifyTools& tools,
                     const std::stop_token& stop,
                     Problems* problems) {
  return SegmentVerifier(segment, info, tools, problems).Run(stop);
}

}  // namespace kyujin::index
