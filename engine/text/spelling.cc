#include "engine/text/spelling.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/text/text_tables.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr std::string_view kLongVowel = "ー";
constexpr size_t kMaxKatakanaBytes = 90;  // of a run beside a hyphen; a longer one is no word

bool IsHyphen(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500;
}

// What stands for `c` alone, `c` itself for most.
char32_t UsualCharacter(char32_t c) {
  constexpr char32_t kBasicPlane = 0x10000;
  if (c < kBasicPlane && (ChangedCharacters()[c / 64] >> (c % 64) & 1U) == 0) {
    return c;
  }
  if (c == U'ヶ') {
    return U'ケ';
  }
  if (c == U'ヵ') {
    return U'カ';
  }
  if (c == U'♯') {
    return U'#';
  }
  if (!IsKanji(c)) {
    return c;
  }
  const std::span<const CharacterVariant> variants = CharacterVariants();
  const auto found = std::lower_bound(
      variants.begin(), variants.end(), c, [](const CharacterVariant& variant, char32_t value) {
        return variant.from < value;
      });
  return found != variants.end() && found->from == c ? found->to : c;
}

// The sound of ヴ before `next`: バ of ヴァ. `takes_next`: the small vowel is part of it.
struct VSound {
  char32_t sound = U'ブ';
  bool takes_next = false;
};

VSound SoundOfV(char32_t next) {
  switch (next) {
    case U'ァ':
      return {U'バ', true};
    case U'ィ':
      return {U'ビ', true};
    case U'ェ':
      return {U'ベ', true};
    case U'ォ':
      return {U'ボ', true};
    case U'ュ':
      return {U'ビ', false};
    default:
      return {};
  }
}

// What the iteration mark `mark` after `last` stands for, 0 for no iteration of kana.
char32_t RepeatedKana(char32_t mark, char32_t last) {
  const bool is_voiced = mark == U'ゞ' || mark == U'ヾ';
  const bool fits = (mark == U'ゝ' || mark == U'ゞ')
                        ? IsHiragana(last)
                        : (mark == U'ヽ' || mark == U'ヾ') && IsKatakana(last);
  if (!fits) {
    return 0;
  }
  constexpr std::u32string_view kMayBeVoiced =
      U"かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";
  return is_voiced && kMayBeVoiced.find(last) != std::u32string_view::npos ? last + 1 : last;
}

// How many bytes at the start of `text` stay as they are.
size_t UnchangedBytes(std::string_view text) {
  const std::span<const uint64_t> changed = ChangedCharacters();
  constexpr char32_t kBasicPlane = 0x10000;
  size_t i = 0;
  while (i < text.size()) {
    const auto byte = [&](size_t at) { return static_cast<uint8_t>(text[at]); };
    // Kana and kanji without the call: `text` is valid.
    const bool is_plain = byte(i) >= 0xE1 && byte(i) <= 0xEC;
    const Utf8Char c = is_plain
                           ? Utf8Char{((byte(i) & 0xFU) << 12U) | ((byte(i + 1) & 0x3FU) << 6U) |
                                          (byte(i + 2) & 0x3FU),
                                      3,
                                      true}
                           : DecodeUtf8Char(text.substr(i));
    const bool may_change = c.value < kBasicPlane
                                ? (changed[c.value / 64] >> (c.value % 64) & 1U) != 0
                                : UsualCharacter(c.value) != c.value;
    if (may_change) {
      break;
    }
    i += c.size;
  }
  return i;
}

// The katakana at the end of `text`, and at the start of it.
std::string_view KatakanaBefore(std::string_view text) {
  size_t begin = text.size();
  while (begin >= 3 && text.size() - begin < kMaxKatakanaBytes &&
         IsKatakana(DecodeUtf8Char(text.substr(begin - 3)).value)) {
    begin -= 3;
  }
  return text.substr(begin);
}

std::string_view KatakanaAfter(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && end < kMaxKatakanaBytes) {
    const Utf8Char c = DecodeUtf8Char(text.substr(end));
    if (!IsKatakana(c.value)) {
      break;
    }
    end += c.size;
  }
  return text.substr(0, end);
}

class Rewriter {
 public:
  Rewriter(const WordTable* words, const NormalizedText& from, NormalizedText* to)
      : words_(words), from_(from), to_(*to) {}

  void Run() {
    while (i_ < from_.text.size()) {
      CopyUnchanged();
      if (i_ < from_.text.size()) {
        Step();
      }
    }
    to_.offsets.push_back(from_.offsets.back());
  }

 private:
  [[nodiscard]] std::string_view Rest(size_t i) const {
    return std::string_view(from_.text).substr(i);
  }

  // Most of a text stays as it is.
  void CopyUnchanged() {
    const size_t size = UnchangedBytes(Rest(i_));
    to_.text.append(from_.text, i_, size);
    to_.offsets.insert(to_.offsets.end(),
                       from_.offsets.begin() + static_cast<std::ptrdiff_t>(i_),
                       from_.offsets.begin() + static_cast<std::ptrdiff_t>(i_ + size));
    i_ += size;
  }

  void Step() {
    const Utf8Char c = DecodeUtf8Char(Rest(i_));
    const std::string_view after = Rest(i_ + c.size);
    const Utf8Char next = after.empty() ? Utf8Char{} : DecodeUtf8Char(after);
    if (c.value == U'ヴ') {
      const VSound v = SoundOfV(next.value);
      Write(v.sound);
      i_ += c.size + (v.takes_next ? next.size : 0);
      return;
    }
    if (c.value == U'々' && next.value == U'々' && RepeatTwo()) {
      i_ += c.size + next.size;
      return;
    }
    if ((c.value == U'・' && JoinsWord(after)) || (c.value == U',' && IsInNumber(after))) {
      i_ += c.size;
      return;
    }
    if (IsHyphen(c.value) && IsLongVowel(after)) {
      Write(U'ー');
    } else if (const char32_t kana = RepeatedKana(c.value, Last()); kana != 0) {
      Write(kana);
    } else {
      Write(UsualCharacter(c.value));
    }
    i_ += c.size;
  }

  void Write(char32_t c) {
    AppendUtf8(c, &to_.text);
    to_.offsets.resize(to_.text.size(), from_.offsets[i_]);
  }

  // The last character written, and the one before it; 0 for none of three bytes.
  [[nodiscard]] char32_t Last(size_t back = 0) const {
    const size_t bytes = 3 * (back + 1);
    if (to_.text.size() < bytes) {
      return 0;
    }
    const Utf8Char c = DecodeUtf8Char(std::string_view(to_.text).substr(to_.text.size() - bytes));
    return c.size == 3 ? c.value : 0;
  }

  bool RepeatTwo() {
    const char32_t first = Last(1);
    const char32_t second = Last();
    if (!IsKanji(first) || !IsKanji(second)) {
      return false;
    }
    Write(first);
    Write(second);
    return true;
  }

  // Whether a dot at i_, before `after`, stands inside one word: システム・エンジニア.
  [[nodiscard]] bool JoinsWord(std::string_view after) const {
    const std::string_view left = KatakanaBefore(to_.text);
    const std::string_view right = KatakanaAfter(after);
    return !left.empty() && !right.empty() && IsWord(std::string(left).append(right));
  }

  // Whether a comma at i_, before `after`, parts the thousands of a number.
  [[nodiscard]] bool IsInNumber(std::string_view after) const {
    constexpr size_t kDigits = 3;
    const auto is_digit = [](std::string_view text, size_t i) {
      return i < text.size() && IsAsciiDigit(static_cast<uint8_t>(text[i]));
    };
    return !to_.text.empty() && is_digit(to_.text, to_.text.size() - 1) && is_digit(after, 0) &&
           is_digit(after, 1) && is_digit(after, 2) && !is_digit(after, kDigits);
  }

  [[nodiscard]] bool IsWord(std::string_view katakana) const {
    return words_ != nullptr && words_->Find(katakana) != nullptr;
  }

  // Whether the hyphen at i_, before `after`, is a long-vowel mark.
  [[nodiscard]] bool IsLongVowel(std::string_view after) const {
    if (!IsKatakana(Last()) || Last() == U'ー') {
      return false;
    }
    const std::string_view left = KatakanaBefore(to_.text);
    const std::string_view right = KatakanaAfter(after);
    std::string joined(left);
    joined.append(kLongVowel).append(right);
    if (right.empty()) {
      return !IsWord(left) && IsWord(joined);
    }
    return IsWord(joined) || !IsWord(left);
  }

  const WordTable* words_;
  const NormalizedText& from_;
  NormalizedText& to_;
  size_t i_ = 0;
};

}  // namespace

void UnifySpelling(const WordTable* words, NormalizedText* text, NormalizedText* scratch) {
  if (UnchangedBytes(text->text) == text->text.size()) {
    return;
  }
  scratch->text.clear();
  scratch->offsets.clear();
  scratch->offsets.reserve(text->offsets.size());
  Rewriter(words, *text, scratch).Run();
  std::swap(*text, *scratch);
}

}  // namespace kyujin::text
