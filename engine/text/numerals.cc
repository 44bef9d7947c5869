#include "engine/text/numerals.h"

#include <cstddef>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kMaxCharacters = 16;

std::optional<uint64_t> DigitValue(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  if (IsAsciiDigit(c)) {
    return c - U'0';
  }
  const size_t place = kDigits.find(c);
  return place == std::u32string_view::npos ? std::nullopt : std::optional<uint64_t>(place);
}

uint64_t PlaceValue(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return 0;
  }
}

// Reads characters one after the other: 二〇 goes on to the left, 二十 multiplies.
class NumeralReader {
 public:
  bool Read(char32_t c) {
    if (const auto digit = DigitValue(c)) {
      digits_ = digits_ * 10 + *digit;
      has_digits_ = true;
      return true;
    }
    if (const uint64_t place = PlaceValue(c); place != 0) {
      below_ += (has_digits_ ? digits_ : 1) * place;
      Clear();
      return true;
    }
    if (c == U'万' && (has_digits_ || below_ > 0)) {
      above_ += (below_ + digits_) * 10'000;
      below_ = 0;
      Clear();
      return true;
    }
    return false;
  }
  [[nodiscard]] uint64_t value() const { return above_ + below_ + digits_; }

 private:
  void Clear() {
    digits_ = 0;
    has_digits_ = false;
  }

  uint64_t above_ = 0;
  uint64_t below_ = 0;
  uint64_t digits_ = 0;
  bool has_digits_ = false;
};

}  // namespace

std::optional<uint64_t> KanjiNumeralValue(std::string_view numeral) {
  NumeralReader reader;
  size_t characters = 0;
  while (!numeral.empty()) {
    if (++characters > kMaxCharacters || !reader.Read(DecodeUtf8(&numeral))) {
      return std::nullopt;
    }
  }
  return characters > 0 ? std::optional(reader.value()) : std::nullopt;
}

}  // namespace kyujin::text
