#include "engine/text/katakana.h"

#include <cstddef>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr std::string_view kLongVowel = "ー";
constexpr size_t kFewestMorae = 3;

bool IsSmallVowelOrGlide(char32_t c) {
  return c == U'ァ' || c == U'ィ' || c == U'ゥ' || c == U'ェ' || c == U'ォ' || c == U'ャ' ||
         c == U'ュ' || c == U'ョ' || c == U'ヮ';
}

}  // namespace

bool IsAllKatakana(std::string_view text) {
  while (!text.empty()) {
    if (!IsKatakana(DecodeUtf8(&text))) {
      return false;
    }
  }
  return true;
}

bool CanBeginKatakana(std::string_view katakana) {
  constexpr std::u32string_view kNeverFirst = U"ァィゥェォャュョヮッーンヶ";
  return kNeverFirst.find(DecodeUtf8Char(katakana).value) == std::u32string_view::npos;
}

std::string_view WithoutFinalLongVowel(std::string_view word) {
  if (!word.ends_with(kLongVowel)) {
    return word;
  }
  const std::string_view shorter = word.substr(0, word.size() - kLongVowel.size());
  size_t morae = 0;
  for (std::string_view rest = shorter; !rest.empty();) {
    const char32_t c = DecodeUtf8(&rest);
    if (!IsKatakana(c) || (rest.empty() && c == U'ー')) {
      return word;
    }
    morae += IsSmallVowelOrGlide(c) ? 0 : 1;
  }
  return morae >= kFewestMorae ? shorter : word;
}

}  // namespace kyujin::text
