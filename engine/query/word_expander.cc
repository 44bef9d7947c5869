#include "engine/query/word_expander.h"

#include <algorithm>
#include <utility>

#include "engine/query/synonym_table.h"

namespace kyujin::query {
namespace {

bool HaveSameParts(const WordForm& a, const WordForm& b) {
  return std::equal(a.parts.begin(),
                    a.parts.end(),
                    b.parts.begin(),
                    b.parts.end(),
                    [](const WordForm::Part& x, const WordForm::Part& y) {
                      return x.term == y.term && x.offset == y.offset;
                    });
}

}  // namespace

std::optional<Word> WordExpander::Expand(const SyntaxWord& typed) {
  Word word;
  word.text = typed.text;
  word.quoted = typed.quoted;
  AddForm(typed.text, MatchKind::kWord, kFullWeight, &word);
  if (word.forms.empty()) {
    return std::nullopt;
  }
  if (!typed.quoted && !typed.excluded) {
    for (const Synonym& synonym : SynonymsOf(typed.text)) {
      AddForm(synonym.text, MatchKind::kSynonym, synonym.weight, &word);
    }
  }
  return word;
}

void WordExpander::AddForm(std::string_view text, MatchKind kind, uint16_t weight, Word* word) {
  analyzer_->Analyze(text, &tokens_);
  // Parts of compounds are for finding postings; what is typed is searched whole.
  std::erase_if(tokens_, [](const text::Token& token) { return text::IsPartTerm(token.text); });
  if (tokens_.empty() || word->forms.size() == kMaxForms) {
    return;
  }
  WordForm form;
  form.kind = kind;
  form.weight = weight;
  for (const text::Token& token : tokens_) {
    form.parts.push_back({token.text, token.position - tokens_.front().position});
  }
  const bool is_there =
      std::any_of(word->forms.begin(), word->forms.end(), [&](const WordForm& other) {
        return HaveSameParts(other, form);
      });
  if (!is_there) {
    word->forms.push_back(std::move(form));
  }
}

}  // namespace kyujin::query
