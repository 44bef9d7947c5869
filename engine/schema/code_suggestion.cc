#include "engine/schema/code_suggestion.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/schema/code_point.h"

namespace kyujin::schema {
namespace {

// Romaji of ぁ U+3041 … ゖ U+3096 in the order of Unicode. Small ゃゅょ and vowels start with `*`:
// they change the syllable before them. `+` doubles the next consonant.
constexpr std::array<std::string_view, 86> kRomaji = {
    "*a", "a",  "*i",  "i",  "*u", "u",   "*e",  "e",   "*o",  "o",  "ka",  "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za",  "shi", "ji",  "su", "zu",  "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "+",  "tsu", "zu",  "te",  "de",  "to", "do",  "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi",  "fu",  "bu",  "pu", "he",  "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "*ya", "ya",  "*yu", "yu", "*yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa",  "wa", "i",  "e",   "o",   "n",   "vu",  "ka", "ke"};

constexpr char32_t kFirstHiragana = 0x3041;
constexpr char32_t kLastHiragana = 0x3096;

void AppendSyllable(std::string_view syllable, bool doubled, std::string* romaji) {
  if (syllable[0] == '*') {
    if (!romaji->empty()) {
      romaji->pop_back();
    }
    // しゃ is sha, not shya.
    const bool drops_y =
        romaji->ends_with("sh") || romaji->ends_with("ch") || romaji->ends_with('j');
    const bool has_y = syllable.size() == 3;
    romaji->append(syllable.substr(has_y && drops_y ? 2 : 1));
    return;
  }
  if (doubled) {
    romaji->push_back(syllable.starts_with("ch") ? 't' : syllable[0]);
  }
  romaji->append(syllable);
}

void ReplaceAll(std::string_view from, std::string_view to, std::string* text) {
  for (size_t at = text->find(from); at != std::string::npos;
       at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

// Writes what people type in the one way in which RomajiOfHiragana writes.
std::string CanonicalRomaji(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kRules = {
      {{"sya", "sha"}, {"syu", "shu"}, {"syo", "sho"}, {"tya", "cha"}, {"tyu", "chu"},
       {"tyo", "cho"}, {"zya", "ja"},  {"zyu", "ju"},  {"zyo", "jo"},  {"jy", "j"},
       {"si", "shi"},  {"ti", "chi"},  {"tu", "tsu"},  {"hu", "fu"},   {"zi", "ji"},
       {"shu", "shu"}, {"mb", "nb"},   {"mp", "np"},   {"ou", "o"},    {"oo", "o"},
       {"uu", "u"}}};
  for (const auto& [from, to] : kRules) {
    ReplaceAll(from, to, &text);
  }
  // 「hu」 inside 「shu」 and 「chu」 was not ふ.
  ReplaceAll("sfu", "shu", &text);
  ReplaceAll("cfu", "chu", &text);
  return text;
}

// Folds width, case and kind of kana, and drops spaces and hyphens between digits and letters.
std::u32string Fold(std::string_view text) {
  std::u32string folded;
  for (char32_t c : ToCodePoints(text)) {
    c = HalfWidth(c);
    if (c == U' ' || c == U'_') {
      continue;
    }
    if (c >= U'A' && c <= U'Z') {
      c += U'a' - U'A';
    }
    constexpr char32_t kFirstKatakana = 0x30A1;
    constexpr char32_t kLastKatakana = 0x30F6;
    if (c >= kFirstKatakana && c <= kLastKatakana) {
      c -= kFirstKatakana - kFirstHiragana;
    }
    folded.push_back(c);
  }
  return folded;
}

size_t EditDistance(std::u32string_view a, std::u32string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

// Smaller is nearer; nothing when the two have nothing in common.
std::optional<size_t> Distance(std::u32string_view text, std::u32string_view key) {
  constexpr size_t kLongest = 40;
  constexpr size_t kPrefix = 10;
  constexpr size_t kBeginning = 100;
  constexpr size_t kInside = 200;
  constexpr size_t kEdited = 400;
  if (text.empty() || key.empty()) {
    return std::nullopt;
  }
  text = text.substr(0, kLongest);
  key = key.substr(0, kLongest);
  if (text == key) {
    return 0;
  }
  if (key.starts_with(text)) {
    return kPrefix + key.size() - text.size();
  }
  if (text.starts_with(key)) {
    return kBeginning + text.size() - key.size();
  }
  if (key.find(text) != std::u32string_view::npos) {
    return kInside + key.size() - text.size();
  }
  const size_t edits = EditDistance(text, key);
  if (edits >= std::max(text.size(), key.size())) {
    return std::nullopt;
  }
  const auto common = static_cast<size_t>(
      std::mismatch(text.begin(), text.end(), key.begin(), key.end()).first - text.begin());
  return kEdited + edits * kLongest - std::min(common, kLongest - 1);
}

bool IsLatin(std::u32string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
}

std::u32string Widen(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

class Measure {
 public:
  explicit Measure(std::string_view text) : text_(Fold(text)) {
    if (IsLatin(text_)) {
      romaji_ = Widen(CanonicalRomaji(std::string(text_.begin(), text_.end())));
    }
  }

  [[nodiscard]] std::optional<size_t> operator()(const Code& code) const {
    const std::u32string reading = Fold(code.reading);
    std::optional<size_t> nearest = Distance(text_, Fold(code.code));
    const auto take = [&nearest](std::optional<size_t> other) {
      if (other.has_value() && (!nearest.has_value() || *other < *nearest)) {
        nearest = other;
      }
    };
    take(Distance(text_, Fold(code.label)));
    take(Distance(text_, reading));
    if (!romaji_.empty() && !reading.empty()) {
      take(Distance(romaji_, Widen(RomajiOfHiragana(reading))));
    }
    return nearest;
  }

 private:
  std::u32string text_;
  std::u32string romaji_;  // empty unless the text is Latin letters
};

}  // namespace

std::string RomajiOfHiragana(std::u32string_view kana) {
  std::string romaji;
  bool doubled = false;
  for (const char32_t c : kana) {
    if (c < kFirstHiragana || c > kLastHiragana) {
      continue;
    }
    const std::string_view syllable = kRomaji[c - kFirstHiragana];
    if (syllable == "+") {
      doubled = true;
      continue;
    }
    AppendSyllable(syllable, doubled, &romaji);
    doubled = false;
  }
  for (const auto& [from, to] :
       {std::pair("ou", "o"), std::pair("oo", "o"), std::pair("uu", "u")}) {
    ReplaceAll(from, to, &romaji);
  }
  return romaji;
}

std::vector<const Code*> SuggestCodes(const CodeTable& table, std::string_view text, size_t limit) {
  const Measure measure(text);
  std::vector<std::pair<size_t, const Code*>> found;
  for (const Code& code : table.codes) {
    if (const std::optional<size_t> distance = measure(code); distance.has_value()) {
      found.emplace_back(*distance, &code);
    }
  }
  std::stable_sort(
      found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Code*> result;
  for (size_t i = 0; i < std::min(limit, found.size()); ++i) {
    result.push_back(found[i].second);
  }
  return result;
}

}  // namespace kyujin::schema
