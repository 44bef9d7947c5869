#include "engine/search/partial_expander.h"

#include <algorithm>

#include "engine/text/normalizer.h"
#include "engine/text/utf8.h"

namespace kyujin::search {
namespace {

using query::MatchKind;
using query::WordForm;

// What a partial match is worth beside the whole word.
constexpr uint16_t kPartialWeight = 32;
// Longer words are cut into no more pieces than this; a longer piece of text is not searched for.
constexpr size_t kMaxPieces = 8;
constexpr size_t kMaxTypedCodePoints = 60;

// The typed text as words of the index are written, without spaces.
std::string Typed(std::string_view text) {
  std::string typed;
  for (const char c : text::Normalize(text).text) {
    if (c != ' ' && c != '\n') {
      typed.push_back(c);
    }
  }
  return typed;
}

bool IsFirstForm(const std::vector<std::string_view>& pieces, const query::Word& word) {
  const std::vector<WordForm::Part>& parts = word.forms.front().parts;
  return std::equal(
      pieces.begin(),
      pieces.end(),
      parts.begin(),
      parts.end(),
      [](std::string_view piece, const WordForm::Part& part) { return piece == part.term; });
}

}  // namespace

Result<bool> PartialExpander::Expand(query::SearchFieldMask fields, query::Word* word) {
  KYUJIN_RETURN_IF_ERROR(LoadVocabularies());
  fields_ = fields;
  const std::string typed = Typed(word->text);
  // One letter is a piece of everything: C is not C++.
  if (typed.size() < 2 || text::CountCodePoints(typed) > kMaxTypedCodePoints) {
    return false;
  }
  const size_t before = word->forms.size();
  AddHolders(typed, word);
  AddPhrases(typed, word);
  return word->forms.size() > before;
}

Status PartialExpander::LoadVocabularies() {
  for (auto i = static_cast<uint32_t>(words_.size()); i < snapshot_.segments().size(); ++i) {
    KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_->Get(snapshot_, i));
    KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const Vocabulary> words,
                            vocabularies_->Get(snapshot_.segments()[i], reader));
    words_.push_back(std::move(words));
  }
  return {};
}

bool PartialExpander::Has(std::string_view word) const {
  return std::any_of(words_.begin(), words_.end(), [&](const auto& vocabulary) {
    return vocabulary->Has(word, fields_);
  });
}

bool PartialExpander::ReachesInto(std::string_view holder, std::string_view typed) {
  if (analyzer_->IsClosed(holder)) {
    return false;
  }
  analyzer_->Analyze(holder, &tokens_);
  std::vector<std::string_view> parts;
  for (const text::Token& token : tokens_) {
    if (text::IsPartTerm(token.text) && token.end - token.begin < holder.size()) {
      parts.push_back(holder.substr(token.begin, token.end - token.begin));
    }
  }
  return parts.empty() || std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
           return part.find(typed) != std::string_view::npos && ReachesInto(part, typed);
         });
}

void PartialExpander::AddHolders(std::string_view typed, query::Word* word) {
  std::set<std::string_view> holders;
  for (const auto& vocabulary : words_) {
    for (const std::string_view holder :
         vocabulary->FindHolding(typed, fields_, kMaxPartialWords)) {
      if (ReachesInto(holder, typed)) {
        holders.insert(holder);
      }
    }
  }
  size_t left = kMaxPartialWords;
  for (const std::string_view holder : holders) {
    if (left-- == 0) {
      return;
    }
    word->forms.push_back({{{std::string(holder), 0}}, MatchKind::kPartial, kPartialWeight});
  }
}

void PartialExpander::AddPhrases(std::string_view typed, query::Word* word) {
  const size_t longest = std::min(kMaxPieces, text::CountCodePoints(typed));
  std::vector<std::string_view> pieces;
  // Few pieces first: they say most.
  for (size_t count = 1; count <= longest; ++count) {
    Cut(typed, count, &pieces, word);
  }
}

void PartialExpander::Cut(std::string_view rest,
                          size_t left,
                          std::vector<std::string_view>* pieces,
                          query::Word* word) {
  if (rest.empty() || left == 0) {
    if (!rest.empty() || left != 0 || IsFirstForm(*pieces, *word)) {
      return;
    }
    WordForm form{{}, MatchKind::kPartial, kPartialWeight};
    for (const std::string_view piece : *pieces) {
      form.parts.push_back({std::string(piece), static_cast<uint32_t>(form.parts.size())});
    }
    word->forms.push_back(std::move(form));
    return;
  }
  for (size_t size = left == 1 ? rest.size() : 0; size <= rest.size();) {
    if (size > 0 && Has(rest.substr(0, size))) {
      pieces->push_back(rest.substr(0, size));
      Cut(rest.substr(size), left - 1, pieces, word);
      pieces->pop_back();
    }
    if (size == rest.size() || word->forms.size() > kMaxPartialWords + kMaxPartialPhrases) {
      return;
    }
    size += text::DecodeUtf8Char(rest.substr(size)).size;
  }
}

}  // namespace kyujin::search
