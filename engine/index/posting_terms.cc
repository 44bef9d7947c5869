#include "engine/index/posting_terms.h"

#include <algorithm>
#include <utility>

#include "engine/index/format.h"

namespace kyujin::index {
namespace {

// Where the texts of each field begin.
class FieldPositions {
 public:
  FieldPositions() { next_.fill(1); }

  // The position of the word at `position` of a text that began at `start`; it covers `width`.
  uint32_t Place(schema::SearchField field, uint32_t start, uint32_t position, uint32_t width) {
    uint32_t& next = next_[static_cast<size_t>(field)];
    next = std::max(next, start + position + width - 1 + kTextGap);
    return start + position;
  }
  [[nodiscard]] uint32_t NextStart(schema::SearchField field) const {
    return next_[static_cast<size_t>(field)];
  }

 private:
  FieldLengths next_{};
};

// Calls `add` with the field and text of every text that is searched.
template <class Add>
void ForEachText(const schema::JobPosting& posting, Add&& add) {
  for (const schema::FeedRecord::Value& value : posting.feed.values()) {
    const schema::SearchField field = schema::GetFeedField(value.tag).search_field;
    if (field != schema::SearchField::kNone) {
      add(field, value.text);
    }
  }
}

}  // namespace

std::string FieldTerm(schema::SearchField field, std::string_view token) {
  std::string term(1, schema::SearchFields()[static_cast<size_t>(field)].term_prefix);
  term += token;
  return term;
}

void CollectTerms(const schema::JobPosting& posting,
                  text::Analyzer* analyzer,
                  std::vector<TermOccurrence>* terms,
                  FieldLengths* lengths) {
  terms->clear();
  lengths->fill(0);
  FieldPositions positions;
  std::vector<text::Token> tokens;
  ForEachText(posting, [&](schema::SearchField field, const std::string& text) {
    analyzer->Analyze(text, &tokens);
    const uint32_t start = positions.NextStart(field);
    for (const text::Token& token : tokens) {
      terms->push_back({FieldTerm(field, token.text),
                        positions.Place(field, start, token.position, token.width)});
      (*lengths)[static_cast<size_t>(field)] += text::IsPartTerm(token.text) ? 0 : 1;
    }
  });
}

WordCollector::WordCollector(std::shared_ptr<const text::AnalyzerModel> model, size_t memory_bytes)
    : analyzer_(std::move(model), memory_bytes / 2), texts_(memory_bytes / 2) {}

void WordCollector::Collect(const schema::JobPosting& posting,
                            std::vector<PostingWord>* words,
                            FieldLengths* lengths) {
  words->clear();
  lengths->fill(0);
  FieldPositions positions;
  ForEachText(posting, [&](schema::SearchField field, const std::string& text) {
    const std::vector<Word>& found = Analyze(text);
    const uint32_t start = positions.NextStart(field);
    for (const Word& word : found) {
      words->push_back(
          {field, word.token, positions.Place(field, start, word.position, word.width)});
      (*lengths)[static_cast<size_t>(field)] += word.is_part ? 0 : 1;
    }
  });
  std::sort(words->begin(), words->end());
}

const std::vector<WordCollector::Word>& WordCollector::Analyze(std::string_view text) {
  if (const std::vector<Word>* known = texts_.Find(text)) {
    return *known;
  }
  std::vector<Word> words;
  analyzer_.Analyze(text, &buffer_);
  words.reserve(buffer_.size());
  for (const text::Token& token : buffer_) {
    words.push_back({tokens_.Add(token.text),
                     token.position,
                     static_cast<uint16_t>(token.width),
                     text::IsPartTerm(token.text)});
  }
  const size_t bytes = words.size() * sizeof(Word);
  return texts_.Add(text, std::move(words), bytes);
}

}  // namespace kyujin::index
