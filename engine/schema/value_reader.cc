#include "engine/schema/value_reader.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kyujin::schema {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr uint64_t kSaturated = std::numeric_limits<uint64_t>::max();

bool IsDigit(char32_t code) {
  return code >= U'0' && code <= U'9';
}

// Bytes of the sequence that `first` opens; 0 when it opens none.
size_t SequenceLength(unsigned char first) {
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return 2;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    return 3;
  }
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

}  // namespace

char32_t FoldChar(char32_t code) {
  if (code < 0x80) {
    return code < 0x20 ? U' ' : code;
  }
  if (code >= 0xFF01 && code <= 0xFF5E) {
    return code - 0xFEE0;
  }
  switch (code) {
    case 0xA0:
    case 0x3000:
      return U' ';
    case 0x3008:  // 〈
      return U'<';
    case 0x3009:
      return U'>';
    case 0x301C:  // 〜
    case 0x223C:
    case 0x223E:
      return U'~';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return U'-';
    case 0xB7:
    case 0xFF65:
      return U'・';
    case 0xFFE5:
    case 0xA5:
      return U'¥';
    default:
      return code;
  }
}

char32_t TakeChar(std::string_view* text) {
  const auto first = static_cast<unsigned char>(text->front());
  const size_t length = SequenceLength(first);
  if (length == 1) {
    text->remove_prefix(1);
    return first;
  }
  if (length == 0 || length > text->size()) {
    text->remove_prefix(1);
    return kReplacement;
  }
  char32_t code = first & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>((*text)[i]);
    if ((next & 0xC0U) != 0x80U) {
      text->remove_prefix(1);
      return kReplacement;
    }
    code = (code << 6U) | (next & 0x3FU);
  }
  text->remove_prefix(length);
  return code;
}

char32_t ValueReader::Peek() const {
  if (rest_.empty()) {
    return 0;
  }
  std::string_view text = rest_;
  return FoldChar(TakeChar(&text));
}

char32_t ValueReader::Next() {
  return rest_.empty() ? 0 : FoldChar(TakeChar(&rest_));
}

void ValueReader::SkipSpaces() {
  while (Peek() == U' ') {
    Next();
  }
}

bool ValueReader::Take(std::string_view literal) {
  ValueReader ahead = *this;
  while (!literal.empty()) {
    if (ahead.AtEnd() || ahead.Next() != TakeChar(&literal)) {
      return false;
    }
  }
  *this = ahead;
  return true;
}

std::optional<uint64_t> ValueReader::TakeNumber() {
  if (!IsDigit(Peek())) {
    return std::nullopt;
  }
  uint64_t value = 0;
  while (true) {
    if (IsDigit(Peek())) {
      const uint64_t digit = Next() - U'0';
      value = value > (kSaturated - digit) / 10 ? kSaturated : value * 10 + digit;
      continue;
    }
    ValueReader ahead = *this;
    if (!ahead.Take(",") || !IsDigit(ahead.Peek())) {
      return value;
    }
    *this = ahead;
  }
}

bool ValueReader::SkipToDigit() {
  while (!AtEnd() && !IsDigit(Peek())) {
    Next();
  }
  return !AtEnd();
}

std::string_view TrimValue(std::string_view text) {
  constexpr std::string_view kWide = "\u3000";
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) <= 0x20) {
      text.remove_prefix(1);
    } else if (text.starts_with(kWide)) {
      text.remove_prefix(kWide.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.back()) <= 0x20) {
      text.remove_suffix(1);
    } else if (text.ends_with(kWide)) {
      text.remove_suffix(kWide.size());
    } else {
      break;
    }
  }
  return text;
}

std::optional<uint64_t> FirstNumber(std::string_view text, uint64_t limit) {
  ValueReader reader(text);
  if (!reader.SkipToDigit()) {
    return std::nullopt;
  }
  uint64_t value = *reader.TakeNumber();
  if (reader.Take(".")) {
    const auto decimals = reader.TakeNumber();
    if (decimals && *decimals > 0 && value < kSaturated) {
      ++value;
    }
  }
  return value <= limit ? std::optional(value) : std::nullopt;
}

bool SaysNo(std::string_view text) {
  constexpr std::array<std::string_view, 6> kOpenings{
      "なし", "無し", "不可", "ナシ", "×", "いいえ"};
  const std::string_view value = TrimValue(text);
  if (std::any_of(kOpenings.begin(), kOpenings.end(), [&](std::string_view opening) {
        return value.starts_with(opening);
      })) {
    return true;
  }
  ValueReader reader(value);
  if (reader.TakeNumber() == uint64_t{0} && reader.AtEnd()) {
    return true;
  }
  // 通勤手当なし, but not 実費支給（上限なし）.
  return value.ends_with("なし") || value.ends_with("不可") || value == "無" || value == "否" ||
         value == "false";
}

bool SaysYes(std::string_view text) {
  return !TrimValue(text).empty() && !SaysNo(text);
}

}  // namespace kyujin::schema
