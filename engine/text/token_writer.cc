#include "engine/text/token_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "engine/text/katakana.h"
#include "engine/text/negation_finder.h"
#include "engine/text/numerals.h"
#include "engine/text/sentence_splitter.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kKanjiBytes = 3;

bool IsLetterAt(std::string_view text, size_t i) {
  return i < text.size() && IsAsciiLetter(static_cast<uint8_t>(text[i]));
}

bool IsDigitAt(std::string_view text, size_t i) {
  return i < text.size() && IsAsciiDigit(static_cast<uint8_t>(text[i]));
}

bool IsAlphanumericAt(std::string_view text, size_t i) {
  return IsLetterAt(text, i) || IsDigitAt(text, i);
}

bool HasShape(const WordEntry* entry, WordShape shape) {
  return entry != nullptr && entry->shape == static_cast<uint16_t>(shape);
}

// 個個 is 個々.
bool IsDoubledKanji(std::string_view term) {
  return term.size() == 2 * kKanjiBytes &&
         term.substr(0, kKanjiBytes) == term.substr(kKanjiBytes) &&
         IsKanji(DecodeUtf8Char(term).value);
}

// 手作りお弁当 is 手作り弁当.
bool IsPolitePrefix(std::string_view between) {
  return between == "お" || between == "ご" || between == "御";
}

// Returns where in `text` something stands that parts unknown words, npos for nowhere.
size_t SeparatorIn(std::string_view text) {
  constexpr std::array<char, 2> kMarkers = {kPartMarker, kNegationMarker};
  return std::min(text.find("・"), text.find_first_of(std::string_view(kMarkers.data(), 2)));
}

// Returns the term of the unit `symbol`, empty for none.
std::string_view UnitTerm(std::string_view symbol) {
  for (const Unit& unit : Units()) {
    if (unit.symbol == symbol) {
      return unit.term;
    }
  }
  return {};
}

}  // namespace

void TokenWriter::WritePiece(size_t begin, std::span<const Morpheme> morphemes) {
  spans_.clear();
  CollectSpans(begin, morphemes);
  for (size_t i = 0; i < spans_.size();) {
    if (spans_[i].word_class == WordClass::kStop || spans_[i].begin < written_end_) {
      ++i;
      continue;
    }
    size_t next = WriteNegated(i);
    if (next == i) {
      next = WriteNumeral(i);
    }
    if (next == i) {
      WriteWord(spans_[i]);
      next = i + 1;
    }
    i = next;
  }
}

void TokenWriter::Finish() {
  tokens_.resize(count_);
}

void TokenWriter::CollectSpans(size_t begin, std::span<const Morpheme> morphemes) {
  for (const Morpheme& morpheme : morphemes) {
    AddMorpheme({begin + morpheme.begin,
                 begin + morpheme.end,
                 morpheme.word_class,
                 morpheme.is_zero,
                 morpheme.is_known,
                 morpheme.base});
  }
  for (size_t i = 0; i < spans_.size(); ++i) {
    Resolve(i);
  }
}

// What is unknown to MeCab runs on over dots (バイタル・チェック is two words) and, beside rare
// signs, over the marks of terms, which no word may hold.
void TokenWriter::AddMorpheme(WordSpan span) {
  while (!span.is_known && span.begin < span.end) {
    const std::string_view text = TextOf(span);
    const size_t at = SeparatorIn(text);
    if (at == std::string_view::npos) {
      break;
    }
    WordSpan before = span;
    before.end = span.begin + at;
    if (before.begin < before.end) {
      AddSpan(before);
    }
    span.begin = before.end + DecodeUtf8Char(text.substr(at)).size;
  }
  if (span.begin < span.end) {
    AddSpan(span);
  }
}

void TokenWriter::AddSpan(WordSpan span) {
  const std::string_view text = text_.text;
  if (!spans_.empty()) {
    WordSpan& last = spans_.back();
    // MeCab gives up on unknown words of more than 24 letters and yields single ones.
    const bool joins = last.end == span.begin &&
                       ((IsLetterAt(text, span.begin - 1) && IsLetterAt(text, span.begin)) ||
                        (IsDigitAt(text, span.begin - 1) && IsDigitAt(text, span.begin)));
    if (joins) {
      last.end = span.end;
      last.word_class = IsDigitAt(text, span.begin) ? WordClass::kNumeral : WordClass::kWord;
      return;
    }
    last = WithSigns(last);
    // Signs after the last word (c++) may have taken a part of this morpheme.
    span.begin = std::max(span.begin, last.end);
  }
  if (span.begin < span.end && (span.is_zero || HasWordCharacter(TextOf(span)))) {
    spans_.push_back(span);
  }
}

void TokenWriter::Resolve(size_t i) {
  WordSpan& span = spans_[i];
  if (i + 1 == spans_.size()) {
    span = WithSigns(span);  // AddSpan() has seen to the others
  }
  if (words_ == nullptr || span.word_class == WordClass::kStop) {
    return;
  }
  if (span.word_class == WordClass::kInflected && !span.base.empty()) {
    const WordEntry* noun = words_->Find(TextOf(span));
    if (noun == nullptr || span.base == TextOf(span) || !StandsAsNoun(i)) {
      span.entry = words_->Find(span.base);
    } else {
      span.entry = noun;
      span.word_class = WordClass::kWord;
    }
  } else {
    span.entry = words_->Find(TextOf(span));
  }
  // お stands before something: MeCab cuts it off かんごし, too.
  const bool is_stop = HasShape(span.entry, WordShape::kStop) &&
                       (!IsPolitePrefix(TextOf(span)) ||
                        (AreAdjacent(i, i + 1) && spans_[i + 1].word_class != WordClass::kStop));
  if (is_stop) {
    span.word_class = WordClass::kStop;
  }
}

// 盛り付け before 、 or を is the noun, before ます and て the verb; MeCab often says verb for
// both.
bool TokenWriter::StandsAsNoun(size_t i) const {
  if (!AreAdjacent(i, i + 1) || spans_[i + 1].word_class != WordClass::kStop) {
    return true;
  }
  constexpr std::array<std::string_view, 14> kAfterNouns = {
      "を", "の", "は", "が", "も", "に", "や", "と", "で", "へ", "など", "から", "まで", "等"};
  // MeCab takes を通して and に関する as one.
  constexpr std::array<std::string_view, 8> kBeginAfterNouns = {
      "を", "に関", "につ", "にお", "に対", "によ", "とし", "という"};
  const std::string_view next = TextOf(spans_[i + 1]);
  return std::find(kAfterNouns.begin(), kAfterNouns.end(), next) != kAfterNouns.end() ||
         std::any_of(kBeginAfterNouns.begin(), kBeginAfterNouns.end(), [next](auto particle) {
           return next.starts_with(particle);
         });
}

// c#, c++ and .net are words of their own: without their signs they would be other words.
WordSpan TokenWriter::WithSigns(WordSpan span) const {
  const std::string_view text = text_.text;
  if (!IsLetterAt(text, span.begin) || !IsLetterAt(text, span.end - 1)) {
    return span;
  }
  if (text.substr(span.end, 1) == "#" && !IsAlphanumericAt(text, span.end + 1)) {
    span.end += 1;
  } else if (text.substr(span.end, 2) == "++" && !IsLetterAt(text, span.end + 2)) {
    span.end += 2;
  }
  // Of asp.net, too, .net is the name.
  const bool after_dot = span.begin > 0 && text[span.begin - 1] == '.';
  const bool one_dot = span.begin < 2 || text[span.begin - 2] != '.';
  if (after_dot && one_dot && text.substr(span.begin, span.end - span.begin) == "net") {
    span.begin -= 1;
  }
  return span;
}

std::string_view TokenWriter::TextOf(const WordSpan& span) const {
  return std::string_view(text_.text).substr(span.begin, span.end - span.begin);
}

bool TokenWriter::AreAdjacent(size_t first, size_t second) const {
  return second < spans_.size() && spans_[first].end == spans_[second].begin;
}

size_t TokenWriter::WriteNegated(size_t i) {
  const std::optional<Negation> negation = NegationFinder(text_.text, spans_).Of(i);
  if (!negation) {
    return i;
  }
  const WordSpan span = spans_[i];
  const std::string_view term = TermOf(span);
  Token& token = Begin(span.begin, span.end + negation->size);
  if (negation->kind == NegationKind::kNoMatter) {
    token.text.assign(term).append("不問");
  } else {
    token.text.assign(1, kNegationMarker).append(term);
  }
  token.text.resize(FirstBytes(token.text, kMaxTermBytes).size());
  return i + 1;
}

// 二級 is 2級, but 三 alone, or in a name, stays what it is. 20万 is a number whatever follows.
size_t TokenWriter::WriteNumeral(size_t i) {
  size_t end = i;
  while (end < spans_.size() && spans_[end].word_class == WordClass::kNumeral &&
         (end == i || AreAdjacent(end - 1, end))) {
    ++end;
  }
  if (end == i) {
    return i;
  }
  const std::string_view numeral =
      std::string_view(text_.text).substr(spans_[i].begin, spans_[end - 1].end - spans_[i].begin);
  const bool is_counted =
      AreAdjacent(end - 1, end) && spans_[end].word_class == WordClass::kCounter;
  const bool is_round = IsDigitAt(numeral, 0) && numeral.ends_with("万");
  const bool has_kanji = !IsDigitAt(numeral, numeral.size() - 1);
  if (!has_kanji || !(is_counted || is_round)) {
    return i;
  }
  const std::optional<uint64_t> value = KanjiNumeralValue(numeral);
  if (!value) {
    return i;
  }
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), *value);
  Token& token = Begin(spans_[i].begin, spans_[end - 1].end);
  token.text.assign(digits.data(), written.ptr);
  return end;
}

void TokenWriter::WriteWord(const WordSpan& span) {
  if (HasShape(span.entry, WordShape::kSequence)) {
    WriteSequence(span);
    return;
  }
  const bool after_number =
      IsDigitAt(text_.text, span.begin - 1) && IsLetterAt(text_.text, span.begin);
  const std::string_view unit = span.begin > 0 && after_number ? UnitTerm(TextOf(span)) : "";
  const std::string_view term = unit.empty() ? TermOf(span) : unit;
  Token& token = Begin(span.begin, span.end);
  token.text.assign(FirstBytes(term, kMaxTermBytes));
  if (IsDoubledKanji(term)) {
    token.text.replace(kKanjiBytes, kKanjiBytes, "々");
  }
  if (span.entry != nullptr && span.entry->part_count > 0 &&
      span.word_class != WordClass::kInflected) {
    WriteParts(span, token.position);
  } else if (words_ != nullptr && span.entry == nullptr && !span.is_known) {
    WriteKatakanaParts(span);
  }
}

void TokenWriter::WriteKatakanaParts(const WordSpan& span) {
  const std::string_view run = TextOf(span);
  SplitKatakana(*words_, run, &pieces_);
  if (pieces_.empty()) {
    return;
  }
  const size_t whole = count_ - 1;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    const KatakanaPiece& piece = pieces_[i];
    const std::string_view part = run.substr(piece.begin, piece.end - piece.begin);
    const WordEntry* entry = words_->Find(part);
    Token& token = Begin(span.begin + piece.begin, span.begin + piece.end);
    token.text.assign(1, kPartMarker);
    token.text += entry != nullptr ? words_->Term(*entry) : WithoutFinalLongVowel(part);
    token.text.resize(FirstBytes(token.text, kMaxTermBytes).size());
    token.position = tokens_[whole].position + static_cast<uint32_t>(i);
  }
  tokens_[whole].width = static_cast<uint32_t>(pieces_.size());
  next_position_ = tokens_[whole].position + tokens_[whole].width;
  written_end_ = span.end;
}

// The canonical term: that of the dictionary, else the base form or the surface; of a long katakana
// word without its last long-vowel mark.
std::string_view TokenWriter::TermOf(const WordSpan& span) const {
  if (span.entry != nullptr) {
    return words_->Term(*span.entry);
  }
  if (span.word_class == WordClass::kInflected && !span.base.empty()) {
    return span.base;
  }
  return WithoutFinalLongVowel(TextOf(span));
}

Token& TokenWriter::Begin(size_t begin, size_t end) {
  if (count_ == tokens_.size()) {
    tokens_.emplace_back();
  }
  Token& token = tokens_[count_];
  token.position = next_position_ + GapBefore(begin);
  token.width = 1;
  token.begin = text_.OriginalBegin(begin);
  token.end = text_.OriginalEnd(end);
  token.follows_directly = count_ > 0 && begin == written_end_;
  next_position_ = token.position + 1;
  written_end_ = end;
  ++count_;
  return token;
}

// Parts come after their whole and share its positions.
void TokenWriter::WriteParts(const WordSpan& span, uint32_t position) {
  const size_t whole = count_ - 1;
  uint32_t width = 1;
  for (const WordPart& part : words_->Parts(*span.entry)) {
    Token& token = Begin(span.begin + part.begin, span.begin + part.end);
    token.text.assign(FirstBytes(words_->Term(part), kMaxTermBytes));
    token.position = position + part.offset;
    token.width = part.width;
    width = std::max<uint32_t>(width, uint32_t{part.offset} + part.width);
  }
  tokens_[whole].width = width;
  next_position_ = position + width;
  written_end_ = span.end;
}

// Words that are written as one stand as words. The first of them carries the gap.
void TokenWriter::WriteSequence(const WordSpan& span) {
  for (const WordPart& part : words_->Parts(*span.entry)) {
    const std::string_view term = words_->Term(part).substr(1);
    WordSpan word = span;
    word.begin = std::max(span.begin + part.begin, written_end_);
    word.end = span.begin + part.end;
    word.entry = TextOf(word) == term ? words_->Find(term) : nullptr;
    if (word.entry != nullptr && word.entry->part_count > 0 &&
        !HasShape(word.entry, WordShape::kSequence)) {
      WriteWord(word);
      continue;
    }
    Token& token = Begin(word.begin, word.end);
    token.text.assign(FirstBytes(term, kMaxTermBytes));
  }
  written_end_ = span.end;
}

// How far the position of a token that begins at `begin` jumps because of what stands between it
// and the last word.
uint32_t TokenWriter::GapBefore(size_t begin) const {
  const std::string_view text = text_.text;
  if (count_ == 0 || begin <= written_end_) {
    return 0;
  }
  std::string_view between = text.substr(written_end_, begin - written_end_);
  if (IsPolitePrefix(between)) {
    return 0;
  }
  const bool one_character = between.size() == 1 || between == "・";
  uint32_t symbol_gap = 0;
  uint32_t word_gap = 0;
  while (!between.empty()) {
    const char32_t c = DecodeUtf8(&between);
    if (EndsSentence(c)) {
      return kSentenceGap;
    }
    if (IsWordCharacter(c)) {
      word_gap = kStopWordGap;
    } else if (c != U' ') {
      symbol_gap = kSymbolGap;
    }
  }
  const bool joins_ascii =
      one_character && IsAlphanumericAt(text, begin) && IsAlphanumericAt(text, written_end_ - 1);
  return joins_ascii ? 0 : symbol_gap + word_gap;
}

}  // namespace kyujin::text
