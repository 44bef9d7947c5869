#include "engine/query/number_text.h"

#include <algorithm>

#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

// Values are kept in 10,000ths, so that 1.25万 comes out whole.
constexpr uint64_t kFractionUnit = 10'000;
constexpr uint64_t kTooLarge = 10'000'000'000 * kFractionUnit;
constexpr uint64_t kMan = 10'000;  // 万

std::optional<uint64_t> KanjiDigit(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  const size_t at = kDigits.find(c);
  return at == kDigits.npos ? std::nullopt : std::optional<uint64_t>(at);
}

uint64_t UnitOf(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1'000;
    case U'万':
      return kMan;
    default:
      return 0;
  }
}

// Reads one number; `kAnyScript` takes kanji digits and units without a digit before them.
class NumberReader {
 public:
  NumberReader(std::string_view text, NumberForm form)
      : rest_(text), size_(text.size()), form_(form) {}

  std::optional<ReadNumber> Read() {
    bool any = false;
    while (ReadGroup()) {
      any = true;
    }
    const uint64_t scaled = total_ + section_;
    if (!any || is_too_large_ || scaled >= kTooLarge || scaled % kFractionUnit != 0) {
      return std::nullopt;
    }
    return ReadNumber{scaled / kFractionUnit, size_ - rest_.size()};
  }

 private:
  // Reads digits and the unit after them, either of which may be missing.
  bool ReadGroup() {
    const std::string_view start = rest_;
    uint64_t digits = 0;
    const bool has_digits = ReadDigits(&digits);
    if (has_digits && ended_) {
      rest_ = start;
      return false;
    }
    const uint64_t unit = TakeUnit(has_digits);
    if (!has_digits && unit == 0) {
      return false;
    }
    Add(has_digits ? digits : kFractionUnit, unit, has_digits);
    // Digits without a unit are the last of a number.
    ended_ = ended_ || unit == 0;
    return true;
  }

  void Add(uint64_t digits, uint64_t unit, bool has_digits) {
    if (digits >= kTooLarge || section_ >= kTooLarge || total_ >= kTooLarge) {
      is_too_large_ = true;
      return;
    }
    if (unit != kMan) {
      section_ += digits * std::max<uint64_t>(unit, 1);
      return;
    }
    total_ += (section_ + (has_digits || section_ == 0 ? digits : 0)) * unit;
    section_ = 0;
  }

  bool ReadDigits(uint64_t* digits) {
    if (!rest_.empty() && text::IsAsciiDigit(text::DecodeUtf8Char(rest_).value)) {
      *digits = ReadAsciiDigits() * kFractionUnit + ReadFraction();
      return true;
    }
    bool any = false;
    while (form_ == NumberForm::kAnyScript && !rest_.empty()) {
      const text::Utf8Char c = text::DecodeUtf8Char(rest_);
      const std::optional<uint64_t> digit = KanjiDigit(c.value);
      if (!digit) {
        break;
      }
      *digits = std::min(*digits * 10 + *digit * kFractionUnit, kTooLarge);
      rest_.remove_prefix(c.size);
      any = true;
    }
    return any;
  }

  uint64_t ReadAsciiDigits() {
    uint64_t number = 0;
    while (!rest_.empty()) {
      const bool is_comma =
          rest_[0] == ',' && rest_.size() > 3 && IsDigitAt(1) && IsDigitAt(2) && IsDigitAt(3);
      if (!is_comma && !IsDigitAt(0)) {
        break;
      }
      if (!is_comma) {
        number = std::min(number * 10 + static_cast<uint64_t>(rest_[0] - '0'), kTooLarge);
      }
      rest_.remove_prefix(1);
    }
    is_too_large_ = is_too_large_ || number >= kTooLarge / kFractionUnit;
    return std::min(number, kTooLarge / kFractionUnit);
  }

  // Returns the fraction in 10,000ths; further digits are not looked at.
  uint64_t ReadFraction() {
    if (rest_.size() < 2 || rest_[0] != '.' || !IsDigitAt(1)) {
      return 0;
    }
    rest_.remove_prefix(1);
    uint64_t fraction = 0;
    for (uint64_t unit = kFractionUnit / 10; !rest_.empty() && IsDigitAt(0); unit /= 10) {
      fraction += unit * static_cast<uint64_t>(rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return fraction;
  }

  [[nodiscard]] bool IsDigitAt(size_t at) const {
    return rest_.size() > at && rest_[at] >= '0' && rest_[at] <= '9';
  }

  uint64_t TakeUnit(bool has_digits) {
    if (rest_.empty() || (!has_digits && form_ != NumberForm::kAnyScript && section_ == 0)) {
      return 0;
    }
    const text::Utf8Char c = text::DecodeUtf8Char(rest_);
    const uint64_t unit = UnitOf(c.value);
    if (unit != 0) {
      rest_.remove_prefix(c.size);
    }
    return unit;
  }

  std::string_view rest_;
  size_t size_;
  NumberForm form_;
  uint64_t total_ = 0;
  uint64_t section_ = 0;  // what 万 multiplies
  bool ended_ = false;
  bool is_too_large_ = false;
};

}  // namespace

std::optional<ReadNumber> ReadNumberAt(std::string_view text, NumberForm form) {
  if (form == NumberForm::kNone || text.empty()) {
    return std::nullopt;
  }
  return NumberReader(text, form).Read();
}

NumberedText ReplaceNumbers(std::string_view original, NumberForm form) {
  NumberedText result;
  size_t at = 0;
  while (at < original.size()) {
    const std::string_view rest = original.substr(at);
    const std::optional<ReadNumber> number = ReadNumberAt(rest, form);
    const size_t size = number ? number->size : text::DecodeUtf8Char(rest).size;
    if (number) {
      result.numbers.push_back(number->value);
      result.text += '#';
      result.source.push_back(at);
    } else {
      result.text += rest.substr(0, size);
      result.source.insert(result.source.end(), size, at);
    }
    at += size;
  }
  result.source.push_back(original.size());
  return result;
}

}  // namespace kyujin::query
