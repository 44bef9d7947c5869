#include "engine/query/word_expander.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/query/synonym_table.h"
#include "engine/text/normalizer.h"
#include "engine/text/reading_table.h"
#include "engine/text/romaji.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

constexpr size_t kMinKana = 2;
// Two letters are more often an abbreviation than two syllables: AI, PT.
constexpr size_t kMinLetters = 3;
// Leaves room for synonyms.
constexpr size_t kMaxReadings = 40;

bool IsLetters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-' || c == '\'';
  });
}

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
    AddReadings(typed.text, &word);
    for (const Synonym& synonym : SynonymsOf(typed.text)) {
      AddForm(synonym.text, MatchKind::kSynonym, synonym.weight, &word);
    }
  }
  return word;
}

void WordExpander::AddReadings(std::string_view typed, Word* word) {
  const std::string text = text::Normalize(typed).text;
  const text::ReadingTable& readings = analyzer_->model().readings();
  std::vector<std::string> kana;  // in katakana
  if (text::IsKana(text)) {
    kana.push_back(text::KatakanaOf(text));
    AddForm(kana.front(), MatchKind::kReading, kReadingWeight, word);
    AddForm(text::HiraganaOf(text), MatchKind::kReading, kReadingWeight, word);
  } else if (IsLetters(text) && text.size() >= kMinLetters) {
    for (const std::string_view reading : readings.ReadingsOfKey(text::RomajiKey(text))) {
      kana.emplace_back(reading);
    }
    if (const auto hiragana = text::HiraganaOfRomaji(text)) {
      AddForm(*hiragana, MatchKind::kReading, kReadingWeight, word);
      AddForm(text::KatakanaOf(*hiragana), MatchKind::kReading, kReadingWeight, word);
    }
  }
  for (const std::string& reading : kana) {
    // One syllable is the reading of too many words.
    if (text::CountCodePoints(reading) < kMinKana) {
      continue;
    }
    for (const text::ReadingTable::Word& known : readings.Words(reading)) {
      if (word->forms.size() < kMaxReadings) {
        AddForm(readings.Text(known), MatchKind::kReading, kReadingWeight, word);
      }
    }
  }
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
