#include "engine/text/token_writer.h"

#include <algorithm>
#include <string_view>

#include "engine/text/sentence_splitter.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

bool IsLetterAt(std::string_view text, size_t i) {
  return i < text.size() && IsAsciiLetter(static_cast<uint8_t>(text[i]));
}

bool IsDigitAt(std::string_view text, size_t i) {
  return i < text.size() && IsAsciiDigit(static_cast<uint8_t>(text[i]));
}

bool IsAlphanumericAt(std::string_view text, size_t i) {
  return IsLetterAt(text, i) || IsDigitAt(text, i);
}

bool HasWordCharacter(std::string_view span) {
  while (!span.empty()) {
    if (IsWordCharacter(DecodeUtf8(&span))) {
      return true;
    }
  }
  return false;
}

}  // namespace

void TokenWriter::Add(WordSpan span) {
  // Signs after the last word (c++) may have taken a part of this morpheme.
  span.begin = std::max(span.begin, written_end_);
  if (span.begin >= span.end) {
    return;
  }
  const std::string_view text = text_.text;
  // MeCab gives up on unknown words of more than 24 letters and yields single ones.
  const bool joins = pending_.end > pending_.begin && pending_.end == span.begin &&
                     ((IsLetterAt(text, span.begin - 1) && IsLetterAt(text, span.begin)) ||
                      (IsDigitAt(text, span.begin - 1) && IsDigitAt(text, span.begin)));
  if (joins) {
    pending_.end = span.end;
    return;
  }
  Flush();
  span.begin = std::max(span.begin, written_end_);
  pending_ = span;
}

void TokenWriter::EndPiece() {
  Flush();
}

void TokenWriter::Finish() {
  Flush();
  tokens_.resize(count_);
}

void TokenWriter::Flush() {
  const WordSpan span = pending_;
  pending_ = {};
  if (span.begin >= span.end) {
    return;
  }
  const std::string_view word =
      std::string_view(text_.text).substr(span.begin, span.end - span.begin);
  if (span.is_zero || HasWordCharacter(word)) {
    Emit(WithSigns(span));
  }
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
  const bool after_dot = span.begin > written_end_ && text[span.begin - 1] == '.';
  const bool dot_is_first =
      span.begin < 2 || (text[span.begin - 2] != '.' && !IsAlphanumericAt(text, span.begin - 2));
  if (after_dot && dot_is_first && text.substr(span.begin, span.end - span.begin) == "net") {
    span.begin -= 1;
  }
  return span;
}

// How far the position of a token that begins at `begin` jumps because of what stands between it
// and the last token.
uint32_t TokenWriter::GapBefore(size_t begin) const {
  const std::string_view text = text_.text;
  std::string_view between = text.substr(written_end_, begin - written_end_);
  if (count_ == 0 || between.empty()) {
    return 0;
  }
  const bool one_character = between.size() == 1;
  uint32_t gap = 0;
  while (!between.empty()) {
    const char32_t c = DecodeUtf8(&between);
    if (EndsSentence(c)) {
      return kSentenceGap;
    }
    if (c != U' ') {
      gap = kSymbolGap;
    }
  }
  const bool joins_ascii =
      one_character && IsAlphanumericAt(text, begin) && IsAlphanumericAt(text, written_end_ - 1);
  return joins_ascii ? 0 : gap;
}

void TokenWriter::Emit(WordSpan span) {
  const std::string_view text = text_.text;
  if (count_ == tokens_.size()) {
    tokens_.emplace_back();
  }
  Token& token = tokens_[count_];
  token.text = FirstBytes(text.substr(span.begin, span.end - span.begin), kMaxTermBytes);
  token.position = next_position_ + GapBefore(span.begin);
  token.begin = text_.OriginalBegin(span.begin);
  token.end = text_.OriginalEnd(span.end);
  token.follows_directly = count_ > 0 && span.begin == written_end_;
  next_position_ = token.position + 1;
  written_end_ = span.end;
  ++count_;
}

}  // namespace kyujin::text
