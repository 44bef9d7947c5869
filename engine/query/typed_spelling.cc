#include "engine/query/typed_spelling.h"

#include <array>
#include <utility>

#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

constexpr std::pair<char32_t, char32_t> kBetweenKanji[] = {
    {U'が', U'ケ'}, {U'ケ', U'が'}, {U'ヶ', U'が'}, {U'ノ', U'の'}, {U'の', U'ノ'}};

bool IsQuote(char32_t c) {
  return c == U'"' || c == U'“' || c == U'”';
}

bool IsLetter(char32_t c) {
  return (c >= U'a' && c <= U'z') || text::IsKatakana(c);
}

std::u32string CodePoints(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    points.push_back(text::DecodeUtf8(&text));
  }
  return points;
}

std::string Utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) {
    text::AppendUtf8(c, &text);
  }
  return text;
}

// The word without the characters that `is_dropped(place)` names.
template <class IsDropped>
std::u32string Without(const std::u32string& word, IsDropped is_dropped) {
  std::u32string rest;
  for (size_t i = 0; i < word.size(); ++i) {
    if (!is_dropped(i)) {
      rest.push_back(word[i]);
    }
  }
  return rest;
}

std::u32string OtherBetweenKanji(std::u32string word) {
  for (size_t i = 1; i + 1 < word.size(); ++i) {
    if (!text::IsKanji(word[i - 1]) || !text::IsKanji(word[i + 1])) {
      continue;
    }
    for (const auto& [from, to] : kBetweenKanji) {
      if (word[i] == from) {
        word[i] = to;
        break;
      }
    }
  }
  return word;
}

}  // namespace

std::vector<std::string> SpellingsOf(std::string_view text) {
  const std::u32string word = CodePoints(text);
  const std::array<std::u32string, 3> others = {
      Without(word, [&](size_t i) { return IsQuote(word[i]); }),
      Without(word,
              [&](size_t i) {
                return word[i] == U'-' && i > 0 && i + 1 < word.size() && IsLetter(word[i - 1]) &&
                       IsLetter(word[i + 1]);
              }),
      OtherBetweenKanji(word)};
  std::vector<std::string> spellings;
  for (const std::u32string& other : others) {
    if (!other.empty() && other != word) {
      spellings.push_back(Utf8(other));
    }
  }
  return spellings;
}

}  // namespace kyujin::query
