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
  const std::string text = text::Normalize(typed.text).text;
  // Kana that analysis takes for particles and pieces of words would find these everywhere: as an
  // unknown word in katakana they stay together.
  if (text::IsKana(text) && !typed.quoted && !IsWhole(text)) {
    AddForm(text::KatakanaOf(text), MatchKind::kWord, kFullWeight, &word);
  }
  if (word.forms.empty()) {
    AddForm(typed.text, MatchKind::kWord, kFullWeight, &word);
  }
  if (word.forms.empty()) {
    return std::nullopt;
  }
  if (!typed.quoted && !typed.excluded) {
    AddReadings(text, &word);
    for (const Synonym& synonym : SynonymsOf(typed.text)) {
      AddForm(synonym.text, MatchKind::kSynonym, synonym.weight, &word);
    }
  }
  return word;
}

void WordExpander::AddReadings(const std::string& text, Word* word) {
  const text::ReadingTable& readings = analyzer_->model().readings();
  std::vector<std::string> kana;  // in katakana
  if (text::IsKana(text)) {
    kana.push_back(text::KatakanaOf(text));
  } else if (IsLetters(text) && text.size() >= kMinLetters) {
    const auto hiragana = text::HiraganaOfRomaji(text);
    if (hiragana) {
      kana.push_back(text::KatakanaOf(*hiragana));
    }
    // Only where nothing is read exactly so, long vowels and the like may be missing: tokyo.
    if (!hiragana || readings.Words(kana.front()).empty()) {
      for (const std::string_view reading : readings.ReadingsOfKey(text::RomajiKey(text))) {
        kana.emplace_back(reading);
      }
    }
  }
  for (const std::string& reading : kana) {
    AddReading(reading, word);
  }
}

void WordExpander::AddReading(const std::string& katakana, Word* word) {
  for (const std::string& spelling : {katakana, text::HiraganaOf(katakana)}) {
    if (IsOneToken(spelling)) {
      AddForm(spelling, MatchKind::kReading, kReadingWeight, word);
    }
  }
  // One syllable is the reading of too many words.
  if (text::CountCodePoints(katakana) < kMinKana) {
    return;
  }
  const text::ReadingTable& readings = analyzer_->model().readings();
  for (const text::ReadingTable::Word& known : readings.Words(katakana)) {
    if (word->forms.size() < kMaxReadings) {
      AddForm(readings.Text(known), MatchKind::kReading, kReadingWeight, word);
    }
  }
}

void WordExpander::Analyze(std::string_view text) {
  analyzer_->Analyze(text, &tokens_);
  // Parts of compounds are for finding postings; what is typed is searched whole.
  std::erase_if(tokens_, [](const text::Token& token) { return text::IsPartTerm(token.text); });
}

bool WordExpander::IsWhole(std::string_view text) {
  Analyze(text);
  size_t end = 0;
  for (const text::Token& token : tokens_) {
    if (token.begin > end) {
      return false;
    }
    end = token.end;
  }
  return end == text.size();
}

bool WordExpander::IsOneToken(std::string_view text) {
  return IsWhole(text) && tokens_.size() == 1;
}

void WordExpander::AddForm(std::string_view text, MatchKind kind, uint16_t weight, Word* word) {
  Analyze(text);
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
