#include "engine/text/sentence_splitter.h"

#include <unicode/uchar.h>

#include "engine/text/token.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

enum class RunClass { kNone, kJapanese, kLetter, kDigit, kKatakana, kSpace, kOther };

RunClass ClassOf(char32_t c) {
  if (IsHiragana(c) || IsKanji(c)) {
    return RunClass::kJapanese;
  }
  if (IsKatakana(c)) {
    return RunClass::kKatakana;
  }
  if (IsAsciiDigit(c)) {
    return RunClass::kDigit;
  }
  if (IsAsciiLetter(c)) {
    return RunClass::kLetter;
  }
  return c == U' ' ? RunClass::kSpace : RunClass::kOther;
}

// Where a sentence that is too long is best cut: after it no word goes on. ASCII symbols are left
// out, for they stand inside words (c++, 1,800).
bool IsSoftBreak(char32_t c, RunClass run_class) {
  return run_class == RunClass::kSpace ||
         (run_class == RunClass::kOther && c >= 0x80 && !IsWordCharacter(c));
}

}  // namespace

bool EndsSentence(char32_t c) {
  return c == U'\n' || c == U'!' || c == U'?' || c == U'。';
}

bool IsWordCharacter(char32_t c) {
  if (c < 0x80) {
    return IsAsciiLetter(c) || IsAsciiDigit(c);
  }
  constexpr char32_t kFirstPunctuation = 0x3000;
  constexpr char32_t kLastPunctuation = 0x3004;
  if (c == U'ー' || c == U'〇' || c == U'・' || (c >= kFirstPunctuation && c <= kLastPunctuation)) {
    return false;
  }
  return IsHiragana(c) || IsKanji(c) || IsKatakana(c) || u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool HasWordCharacter(std::string_view text) {
  while (!text.empty()) {
    if (IsWordCharacter(DecodeUtf8(&text))) {
      return true;
    }
  }
  return false;
}

bool SentenceSplitter::Next(Piece* piece) {
  const size_t begin = position_;
  size_t soft_break = begin;
  size_t run_begin = begin;
  RunClass run = RunClass::kNone;
  while (position_ < text_.size()) {
    const Utf8Char c = DecodeUtf8Char(text_.substr(position_));
    const size_t next = position_ + c.size;
    if (next - begin > kMaxSentenceBytes) {
      position_ = soft_break > begin ? soft_break : position_;
      break;
    }
    const RunClass run_class = ClassOf(c.value);
    if (run_class != run) {
      run = run_class;
      run_begin = position_;
    } else if (run != RunClass::kJapanese && next - run_begin > kMaxRunBytes) {
      break;
    }
    position_ = next;
    if (EndsSentence(c.value)) {
      break;
    }
    if (IsSoftBreak(c.value, run_class)) {
      soft_break = next;
    }
  }
  *piece = {begin, position_};
  return position_ > begin;
}

}  // namespace kyujin::text
