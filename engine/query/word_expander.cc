#include "engine/query/word_expander.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "engine/query/synonym_table.h"
#include "engine/query/typed_spelling.h"
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

// Three letters at least, for 内 after 市 or 区 alone is another word.
bool EndsLikeArea(std::string_view text) {
  constexpr std::array<std::string_view, 7> kAreas = {"都", "府", "県", "市", "区", "町", "村"};
  return text::CountCodePoints(text) > 2 &&
         std::any_of(
             kAreas.begin(), kAreas.end(), [text](auto area) { return text.ends_with(area); });
}

// Whether words in kanji are read as the one typed: エステ and えすて are one word in two scripts.
bool IsReadingOfOthers(const Word& word) {
  return std::any_of(word.forms.begin(), word.forms.end(), [](const WordForm& form) {
    return form.kind == MatchKind::kReading && !text::IsKana(form.parts.front().term);
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
  if (!typed.quoted) {
    AddSpellings(text, &word);
  }
  if (!typed.quoted && !typed.excluded) {
    AddReadings(text, &word);
    if (IsReadingOfOthers(word)) {
      word.forms.front().weight = kAsTypedWeight;
    }
    AddSynonyms(text, &word);
  }
  return word;
}

void WordExpander::AddSpellings(const std::string& text, Word* word) {
  for (const std::string& spelling : SpellingsOf(text)) {
    AddForm(spelling, MatchKind::kWord, kFullWeight, word);
  }
  AddInside(text, MatchKind::kWord, kFullWeight, word);
  if (text::IsKana(text)) {
    AddNameInKana(text, word);
  }
}

// 横浜市内 is 横浜 and 市内 to analysis.
void WordExpander::AddInside(std::string_view text, MatchKind kind, uint16_t weight, Word* word) {
  if (EndsLikeArea(text)) {
    AddForm(std::string(text) + "内", kind, weight, word);
  }
}

// Analysis cuts names in kana by what follows them: いちおか alone is not cut as in いちおか医院.
void WordExpander::AddNameInKana(const std::string& text, Word* word) {
  constexpr std::string_view kFollowing = "会";
  if (IsWhole(text) || !IsWhole(text + std::string(kFollowing)) || tokens_.size() < 2 ||
      tokens_.back().begin != text.size()) {
    return;
  }
  tokens_.pop_back();
  AddTokens(MatchKind::kWord, kFullWeight, word);
}

void WordExpander::AddSynonyms(const std::string& text, Word* word) {
  std::vector<Synonym> synonyms = SynonymsOf(text);
  if (synonyms.empty() && text::IsKana(text)) {
    synonyms = SynonymsOf(text::KatakanaOf(text));
  }
  // The table knows one spelling of a word, the dictionaries the others.
  if (synonyms.empty() && word->forms.front().parts.size() == 1) {
    synonyms = SynonymsOf(word->forms.front().parts.front().term);
  }
  for (const Synonym& synonym : synonyms) {
    AddForm(synonym.text, MatchKind::kSynonym, synonym.weight, word);
  }
}

void WordExpander::AddReadings(const std::string& text, Word* word) {
  const text::ReadingTable& readings = analyzer_->model().readings();
  if (text::IsKana(text)) {
    AddReading(text::KatakanaOf(text), word);
    return;
  }
  if (!IsLetters(text) || text.size() < kMinLetters) {
    return;
  }
  const auto hiragana = text::HiraganaOfRomaji(text);
  const std::string exact = hiragana ? text::KatakanaOf(*hiragana) : std::string();
  if (hiragana) {
    AddReading(exact, word);
  }
  // Long vowels and the like may be missing: tokyo. Where something is read exactly so, only places
  // are that well known (osaka is 大阪, though 尾坂 is read so).
  const bool has_exact = hiragana && !readings.Words(exact).empty();
  for (const std::string_view reading : readings.ReadingsOfKey(text::RomajiKey(text))) {
    if (!has_exact) {
      AddReading(std::string(reading), word);
    } else if (reading != exact) {
      AddPlacesRead(reading, word);
    }
  }
}

void WordExpander::AddPlacesRead(std::string_view katakana, Word* word) {
  const text::ReadingTable& readings = analyzer_->model().readings();
  for (const text::ReadingTable::Word& known : readings.Words(katakana)) {
    const std::string_view name = readings.Text(known);
    if (word->forms.size() < kMaxReadings && analyzer_->IsClosed(name)) {
      AddForm(name, MatchKind::kReading, kReadingWeight, word);
      AddInside(name, MatchKind::kReading, kReadingWeight, word);
    }
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
      AddInside(readings.Text(known), MatchKind::kReading, kReadingWeight, word);
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
  AddTokens(kind, weight, word);
}

void WordExpander::AddTokens(MatchKind kind, uint16_t weight, Word* word) {
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
