#include "bench/corpus/japanese_text.h"

#include <array>
#include <charconv>

namespace kyujin::corpus {
namespace {

constexpr bool StartsCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

struct Digits {
  std::array<char, 12> text{};
  size_t size = 0;
  [[nodiscard]] std::string_view view() const { return {text.data(), size}; }
};

Digits ToDigits(int value) {
  Digits digits;
  const auto end =
      std::to_chars(digits.text.data(), digits.text.data() + digits.text.size(), value);
  digits.size = static_cast<size_t>(end.ptr - digits.text.data());
  return digits;
}

void AppendWideDigit(std::string& out, char digit) {
  // U+FF10 … U+FF19
  out += '\xEF';
  out += '\xBC';
  out += static_cast<char>(0x90 + (digit - '0'));
}

}  // namespace

size_t CountCharacters(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) {
    count += StartsCharacter(byte) ? 1U : 0U;
  }
  return count;
}

std::string_view FirstCharacters(std::string_view text, size_t count) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (StartsCharacter(text[i]) && count-- == 0) {
      return text.substr(0, i);
    }
  }
  return text;
}

void AppendNumber(std::string& out, int value) {
  out += ToDigits(value).view();
}

void AppendWideNumber(std::string& out, int value) {
  const Digits digits = ToDigits(value);
  for (const char digit : digits.view()) {
    AppendWideDigit(out, digit);
  }
}

void AppendAmount(std::string& out, int value) {
  const Digits digits = ToDigits(value);
  const std::string_view text = digits.view();
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && (text.size() - i) % 3 == 0) {
      out += ',';
    }
    out += text[i];
  }
}

void AppendWideAmount(std::string& out, int value) {
  const Digits digits = ToDigits(value);
  const std::string_view text = digits.view();
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && (text.size() - i) % 3 == 0) {
      out += "，";
    }
    AppendWideDigit(out, text[i]);
  }
}

void AppendTime(std::string& out, int minutes) {
  AppendNumber(out, minutes / 60 % 24);
  out += "時";
  if (minutes % 60 < 10) {
    out += '0';
  }
  AppendNumber(out, minutes % 60);
  out += "分";
}

void AppendWideTime(std::string& out, int minutes) {
  AppendWideNumber(out, minutes / 60 % 24);
  out += "時";
  if (minutes % 60 < 10) {
    out += "０";
  }
  AppendWideNumber(out, minutes % 60);
  out += "分";
}

}  // namespace kyujin::corpus
