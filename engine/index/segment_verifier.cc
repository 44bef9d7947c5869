#include "engine/index/segment_verifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/index/card_codec.h"
#include "engine/index/column_builder.h"
#include "engine/index/posting_terms.h"
#include "engine/index/text_index.h"

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

// A posting list in two numbers: whoever holds the same list gets the same.
struct ListDigest {
  uint64_t documents = 0;
  uint64_t sum = 0;

  void Add(DocId doc, uint32_t frequency) {
    // The multiplier of SplitMix64: neighbours must not cancel each other out.
    constexpr uint64_t kMultiplier = 0xBF58476D1CE4E5B9;
    const uint64_t mixed = ((uint64_t{doc} << 32 | frequency) + 1) * kMultiplier;
    ++documents;
    sum += mixed ^ mixed >> 29;
  }
  friend bool operator==(const ListDigest&, const ListDigest&) = default;
};

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
        lists_(schema::kSearchFieldCount * size_t{segment.positions().tokens()}) {}

  Status Run(const std::stop_token& stop) {
    const uint32_t documents = segment_.documents();
    const uint32_t step =
        std::max<uint32_t>(1, documents / std::max<uint32_t>(1, tools_.derived_documents));
    for (DocId doc = 0; doc < documents; ++doc) {
      if (stop.stop_requested()) {
        return Unavailable("interrupted");
      }
      CheckDocument(doc, doc % step == 0);
    }
    KYUJIN_RETURN_IF_ERROR(CheckColumns());
    CheckText();
    return {};
  }

 private:
  void CheckDocument(DocId doc, bool derive) {
    FieldLengths lengths{};
    if (Status status = segment_.positions().ReadWords(doc, &words_); !status.has_value()) {
      problems_->Add(status);
      words_.clear();
    }
    for (const PostingWord& word : words_) {
      const bool is_part = text::IsPartTerm(segment_.positions().Token(word.token));
      lengths[static_cast<size_t>(word.field)] += is_part ? 0 : 1;
    }
    const Result<std::string> card = segment_.cards().Read(doc);
    const Result<schema::JobPosting> posting =
        card.has_value() ? DecodeCard(*card) : Result<schema::JobPosting>(card.error());
    if (!posting.has_value()) {
      problems_->Add(fmt::format("{}: document {}: {}", info_.name, doc, posting.error().message));
      return;
    }
    if (derive) {
      CheckDerived(*posting, *card);
    }
    columns_.Add(*posting, lengths);
    CountWords(doc);
  }

  // Adds the document to the digests of its terms; reorders `words_`.
  void CountWords(DocId doc) {
    std::sort(words_.begin(), words_.end(), [](const PostingWord& a, const PostingWord& b) {
      return std::pair(a.field, a.token) < std::pair(b.field, b.token);
    });
    for (auto at = words_.begin(); at != words_.end();) {
      const auto end = std::find_if(at, words_.end(), [&](const PostingWord& word) {
        return word.field != at->field || word.token != at->token;
      });
      ListOf(at->field, at->token).Add(doc, static_cast<uint32_t>(end - at));
      at = end;
    }
  }

  ListDigest& ListOf(schema::SearchField field, uint32_t token) {
    return lists_[static_cast<size_t>(field) * segment_.positions().tokens() + token];
  }

  void CheckDerived(const schema::JobPosting& posting, const std::string& card) {
    schema::JobPosting again;
    schema::Rejection rejection;
    std::string card_again;
    if (tools_.deriver->Derive(posting.feed, &again, &rejection)) {
      EncodeCard(again, &card_again);
    }
    const std::string number = posting.number.ToString();
    if (card_again != card) {
      problems_->Add(fmt::format(
          "{}: {}: the feed's text derives to other values than the card's", info_.name, number));
    }
    FieldLengths lengths;
    CollectTerms(posting, &analyzer_, &terms_, &lengths);
    std::vector<std::pair<std::string, uint32_t>> expected;
    std::vector<std::pair<std::string, uint32_t>> found;
    for (TermOccurrence& term : terms_) {
      expected.emplace_back(std::move(term.term), term.position);
    }
    for (const PostingWord& word : words_) {
      found.emplace_back(FieldTerm(word.field, segment_.positions().Token(word.token)),
                         word.position);
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    if (found != expected) {
      problems_->Add(fmt::format(
          "{}: {}: positions.bin has other words than the card's text", info_.name, number));
    }
  }

  // What does not come from the cards is compared as it is: nothing does not.
  Status CheckColumns() {
    const fs::path path = tools_.scratch / kColumnFile;
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile written, WriteColumnFile(path, {&columns_}));
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

  void CheckText() {
    const Status structure = CheckTextStructure(segment_.text_path());
    const Result<std::unique_ptr<TextReader>> reader = TextReader::Open(segment_.text_path());
    if (!structure.has_value() || !reader.has_value()) {
      problems_->Add(structure);
      problems_->Add(reader.has_value() ? Status() : Status(reader.error()));
      return;
    }
    const Result<uint32_t> documents = (*reader)->Documents();
    if (!documents.has_value() || *documents != segment_.documents()) {
      problems_->Add(fmt::format("{}: {} counts other documents", info_.name, kTextFile));
    }
    uint64_t terms = 0;
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      for (uint32_t token = 0; token < segment_.positions().tokens(); ++token) {
        const ListDigest& expected = ListOf(field.id, token);
        if (expected.documents > 0) {
          ++terms;
          CheckList(FieldTerm(field.id, segment_.positions().Token(token)), expected, **reader);
        }
      }
    }
    const Result<uint64_t> found = (*reader)->Terms();
    if (!found.has_value() || *found != terms) {
      problems_->Add(fmt::format("{}: {} has {} terms, the documents have {}",
                                 info_.name,
                                 kTextFile,
                                 found.has_value() ? *found : 0,
                                 terms));
    }
  }

  void CheckList(const std::string& term, const ListDigest& expected, TextReader& reader) {
    ListDigest found;
    const Status status = reader.ReadPostings(term, &postings_);
    for (const Posting& posting : postings_) {
      found.Add(posting.doc, posting.frequency);
    }
    if (!status.has_value() || found != expected) {
      problems_->Add(fmt::format(
          "{}: the posting list of '{}' is not what the documents say", info_.name, term));
    }
  }

  const Segment& segment_;
  const SegmentInfo& info_;
  const VerifyTools& tools_;
  Problems* problems_;
  text::Analyzer analyzer_;
  ShardColumns columns_;
  std::vector<ListDigest> lists_;  // by field, then token
  std::vector<PostingWord> words_;
  std::vector<TermOccurrence> terms_;
  std::vector<Posting> postings_;
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
