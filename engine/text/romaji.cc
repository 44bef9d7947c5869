#include "engine/text/romaji.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr char32_t kLongVowel = U'ー';
constexpr char32_t kKatakanaShift = 0x60;

// Letters of ぁ U+3041 … ゖ U+3096 in the order of Unicode. `*` marks small kana that change the
// syllable before them; っ has none, because keys do not tell doubled consonants apart.
constexpr std::array<std::string_view, 86> kLetters = {
    "*a", "a",  "*i", "i",  "*u", "u",  "*e",  "e",  "*o",  "o",  "ka",  "ga", "ki", "gi", "ku",
    "gu", "ke", "ge", "ko", "go", "sa", "za",  "si", "zi",  "su", "zu",  "se", "ze", "so", "zo",
    "ta", "da", "ti", "zi", "",   "tu", "zu",  "te", "de",  "to", "do",  "na", "ni", "nu", "ne",
    "no", "ha", "ba", "pa", "hi", "bi", "pi",  "hu", "bu",  "pu", "he",  "be", "pe", "ho", "bo",
    "po", "ma", "mi", "mu", "me", "mo", "*ya", "ya", "*yu", "yu", "*yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa", "wa", "i",  "e",  "o",   "n",  "bu",  "ka", "ke"};
constexpr char32_t kFirstHiragana = 0x3041;
constexpr char32_t kLastHiragana = 0x3096;

bool IsVowel(char c) {
  return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

// しゃ: the vowel of し goes. ティ and ドゥ: the small vowel replaces the other. ファ and ウィ keep
// both; シェ is sye.
void AppendSmall(std::string_view small, std::string* letters) {
  const char vowel = letters->empty() ? '\0' : letters->back();
  if (small.size() == 2) {
    if (vowel == 'i' || vowel == 'u' || vowel == 'e') {
      letters->pop_back();
    }
    letters->append(small);
    return;
  }
  const bool is_voiced_u = letters->ends_with("bu");
  if (vowel == 'i' && small == "e") {
    letters->back() = 'y';
  } else if ((vowel == 'e' && small == "i") || (vowel == 'o' && small == "u") || is_voiced_u) {
    letters->pop_back();
  }
  letters->append(small);
}

// Letters of kana, or nothing when there is something else.
std::optional<std::string> LettersOf(std::string_view text) {
  std::string letters;
  while (!text.empty()) {
    const char32_t c = DecodeUtf8(&text);
    const char32_t hiragana = c >= U'ァ' && c <= U'ヶ' ? c - kKatakanaShift : c;
    if (hiragana >= kFirstHiragana && hiragana <= kLastHiragana) {
      const std::string_view syllable = kLetters[hiragana - kFirstHiragana];
      if (syllable.starts_with('*')) {
        AppendSmall(syllable.substr(1), &letters);
      } else {
        letters.append(syllable);
      }
    } else if (IsAsciiLetter(c)) {
      letters.push_back(static_cast<char>(c | 0x20U));
    } else if (c != kLongVowel && c != U'\'' && c != U'-') {
      return std::nullopt;
    }
  }
  return letters;
}

// The letter of a vowel with a macron or circumflex, or 0. Text comes composed (NFKC).
char PlainVowel(char32_t c) {
  constexpr std::array<std::pair<char32_t, char>, 10> kLong = {{{U'ā', 'a'},
                                                                {U'ī', 'i'},
                                                                {U'ū', 'u'},
                                                                {U'ē', 'e'},
                                                                {U'ō', 'o'},
                                                                {U'â', 'a'},
                                                                {U'î', 'i'},
                                                                {U'û', 'u'},
                                                                {U'ê', 'e'},
                                                                {U'ô', 'o'}}};
  const auto* found =
      std::find_if(kLong.begin(), kLong.end(), [c](const auto& entry) { return entry.first == c; });
  return found == kLong.end() ? '\0' : found->second;
}

// `text` in lower case with long vowels written by `mark` after them.
std::string WithoutMacrons(std::string_view text, std::string_view mark) {
  std::string plain;
  while (!text.empty()) {
    const std::string_view rest = text;
    const char32_t c = DecodeUtf8(&text);
    const char32_t lower = c >= 0x100 && (c & 1U) == 0 ? c + 1 : c;  // Ō is one before ō
    if (const char vowel = PlainVowel(lower); vowel != '\0') {
      plain.push_back(vowel);
      plain.append(mark);
    } else {
      plain.append(rest.substr(0, rest.size() - text.size()));
    }
  }
  return plain;
}

// How letters are spelt in keys: longest first. At the end of a text the first letter of a digraph
// stands for what it may become, so that keys of prefixes are prefixes of keys.
constexpr std::array<std::pair<std::string_view, std::string_view>, 43> kSpellings = {
    {{"dzu", "zu"}, {"dhi", "zi"}, {"thi", "ti"}, {"shi", "si"}, {"chi", "ti"}, {"dji", "zi"},
     {"tch", "ty"}, {"cch", "ty"}, {"tsu", "tu"}, {"sh", "sy"},  {"ch", "ty"},  {"ts", "t"},
     {"ji", "zi"},  {"jy", "zy"},  {"ja", "zya"}, {"ju", "zyu"}, {"jo", "zyo"}, {"je", "zye"},
     {"fu", "hu"},  {"fa", "hua"}, {"fi", "hui"}, {"fe", "hue"}, {"fo", "huo"}, {"fy", "huy"},
     {"du", "zu"},  {"di", "zi"},  {"dy", "zy"},  {"wi", "ui"},  {"we", "ue"},  {"wo", "o"},
     {"mb", "nb"},  {"mp", "np"},  {"mm", "nm"},  {"ca", "ka"},  {"cu", "ku"},  {"co", "ko"},
     {"l", "r"},    {"v", "b"},    {"q", "k"},    {"c", "k"},    {"x", ""},     {"j", "z"},
     {"f", "h"}}};

std::string Respell(std::string_view letters) {
  std::string spelt;
  while (!letters.empty()) {
    if (letters == "sh") {
      return spelt + "s";
    }
    if (letters == "c" || letters == "ch" || letters == "tc" || letters == "cc" ||
        letters == "tch" || letters == "cch") {
      return spelt + "t";
    }
    if (letters.starts_with("tchi") || letters.starts_with("cchi")) {
      spelt += "ti";
      letters.remove_prefix(4);
      continue;
    }
    const auto* rule =
        std::find_if(kSpellings.begin(), kSpellings.end(), [letters](const auto& entry) {
          return letters.starts_with(entry.first);
        });
    if (rule != kSpellings.end()) {
      spelt += rule->second;
      letters.remove_prefix(rule->first.size());
    } else {
      spelt.push_back(letters.front());
      letters.remove_prefix(1);
    }
  }
  return spelt;
}

// Two equal letters, and `ou`, become one: long vowels, っ, ん before な.
std::string Collapse(std::string_view letters) {
  std::string key;
  for (const char c : letters) {
    const bool is_long = !key.empty() && (key.back() == c || (key.back() == 'o' && c == 'u'));
    if (!is_long) {
      key.push_back(c);
    }
  }
  return key;
}

struct Syllable {
  std::string_view letters;
  std::string_view kana;
};

// By length, longest first, so that the first that fits is the one.
constexpr auto kSyllables = std::to_array<Syllable>({
    {"tsya", "ちゃ"}, {"ltsu", "っ"},  {"xtsu", "っ"},  {"kya", "きゃ"}, {"kyu", "きゅ"},
    {"kyo", "きょ"},  {"gya", "ぎゃ"}, {"gyu", "ぎゅ"}, {"gyo", "ぎょ"}, {"sha", "しゃ"},
    {"shu", "しゅ"},  {"sho", "しょ"}, {"she", "しぇ"}, {"shi", "し"},   {"sya", "しゃ"},
    {"syu", "しゅ"},  {"syo", "しょ"}, {"sye", "しぇ"}, {"cha", "ちゃ"}, {"chu", "ちゅ"},
    {"cho", "ちょ"},  {"che", "ちぇ"}, {"chi", "ち"},   {"tya", "ちゃ"}, {"tyu", "ちゅ"},
    {"tyo", "ちょ"},  {"tye", "ちぇ"}, {"cya", "ちゃ"}, {"cyu", "ちゅ"}, {"cyo", "ちょ"},
    {"tsu", "つ"},    {"tsa", "つぁ"}, {"tso", "つぉ"}, {"tse", "つぇ"}, {"thi", "てぃ"},
    {"thu", "てゅ"},  {"twu", "とぅ"}, {"dhi", "でぃ"}, {"dhu", "でゅ"}, {"dwu", "どぅ"},
    {"dzu", "づ"},    {"dya", "ぢゃ"}, {"dyu", "ぢゅ"}, {"dyo", "ぢょ"}, {"nya", "にゃ"},
    {"nyu", "にゅ"},  {"nyo", "にょ"}, {"hya", "ひゃ"}, {"hyu", "ひゅ"}, {"hyo", "ひょ"},
    {"bya", "びゃ"},  {"byu", "びゅ"}, {"byo", "びょ"}, {"pya", "ぴゃ"}, {"pyu", "ぴゅ"},
    {"pyo", "ぴょ"},  {"mya", "みゃ"}, {"myu", "みゅ"}, {"myo", "みょ"}, {"rya", "りゃ"},
    {"ryu", "りゅ"},  {"ryo", "りょ"}, {"jya", "じゃ"}, {"jyu", "じゅ"}, {"jyo", "じょ"},
    {"zya", "じゃ"},  {"zyu", "じゅ"}, {"zyo", "じょ"}, {"fya", "ふゃ"}, {"fyu", "ふゅ"},
    {"fyo", "ふょ"},  {"xya", "ゃ"},   {"xyu", "ゅ"},   {"xyo", "ょ"},   {"lya", "ゃ"},
    {"lyu", "ゅ"},    {"lyo", "ょ"},   {"xtu", "っ"},   {"ltu", "っ"},   {"ka", "か"},
    {"ki", "き"},     {"ku", "く"},    {"ke", "け"},    {"ko", "こ"},    {"ga", "が"},
    {"gi", "ぎ"},     {"gu", "ぐ"},    {"ge", "げ"},    {"go", "ご"},    {"sa", "さ"},
    {"si", "し"},     {"su", "す"},    {"se", "せ"},    {"so", "そ"},    {"za", "ざ"},
    {"zi", "じ"},     {"zu", "ず"},    {"ze", "ぜ"},    {"zo", "ぞ"},    {"ji", "じ"},
    {"ja", "じゃ"},   {"ju", "じゅ"},  {"jo", "じょ"},  {"je", "じぇ"},  {"ta", "た"},
    {"ti", "ち"},     {"tu", "つ"},    {"te", "て"},    {"to", "と"},    {"da", "だ"},
    {"di", "ぢ"},     {"du", "づ"},    {"de", "で"},    {"do", "ど"},    {"na", "な"},
    {"ni", "に"},     {"nu", "ぬ"},    {"ne", "ね"},    {"no", "の"},    {"ha", "は"},
    {"hi", "ひ"},     {"hu", "ふ"},    {"he", "へ"},    {"ho", "ほ"},    {"fu", "ふ"},
    {"fa", "ふぁ"},   {"fi", "ふぃ"},  {"fe", "ふぇ"},  {"fo", "ふぉ"},  {"ba", "ば"},
    {"bi", "び"},     {"bu", "ぶ"},    {"be", "べ"},    {"bo", "ぼ"},    {"pa", "ぱ"},
    {"pi", "ぴ"},     {"pu", "ぷ"},    {"pe", "ぺ"},    {"po", "ぽ"},    {"va", "ゔぁ"},
    {"vi", "ゔぃ"},   {"vu", "ゔ"},    {"ve", "ゔぇ"},  {"vo", "ゔぉ"},  {"ma", "ま"},
    {"mi", "み"},     {"mu", "む"},    {"me", "め"},    {"mo", "も"},    {"ya", "や"},
    {"yu", "ゆ"},     {"yo", "よ"},    {"ra", "ら"},    {"ri", "り"},    {"ru", "る"},
    {"re", "れ"},     {"ro", "ろ"},    {"la", "ら"},    {"li", "り"},    {"lu", "る"},
    {"le", "れ"},     {"lo", "ろ"},    {"wa", "わ"},    {"wi", "うぃ"},  {"we", "うぇ"},
    {"wo", "を"},     {"ca", "か"},    {"cu", "く"},    {"co", "こ"},    {"xa", "ぁ"},
    {"xi", "ぃ"},     {"xu", "ぅ"},    {"xe", "ぇ"},    {"xo", "ぉ"},    {"n'", "ん"},
    {"a", "あ"},      {"i", "い"},     {"u", "う"},     {"e", "え"},     {"o", "お"},
    {"-", "ー"},
});

// The kana of an n, m or doubled consonant that is no syllable of its own; empty when it is none.
std::string_view ClosingKana(std::string_view letters) {
  const char first = letters.front();
  const char second = letters.size() > 1 ? letters[1] : '\0';
  if (first == 'n' && !IsVowel(second) && second != 'y') {
    return "ん";
  }
  if (first == 'm' && (second == 'b' || second == 'm' || second == 'p')) {
    return "ん";
  }
  const bool is_consonant = first >= 'a' && first <= 'z' && !IsVowel(first);
  if (is_consonant && (first == second || (first == 't' && letters.substr(1, 2) == "ch"))) {
    return "っ";
  }
  return {};
}

template <class Change>
std::string ChangeEach(std::string_view text, Change&& change) {
  std::string changed;
  changed.reserve(text.size());
  while (!text.empty()) {
    AppendUtf8(change(DecodeUtf8(&text)), &changed);
  }
  return changed;
}

}  // namespace

std::string HiraganaOf(std::string_view text) {
  return ChangeEach(text,
                    [](char32_t c) { return c >= U'ァ' && c <= U'ヴ' ? c - kKatakanaShift : c; });
}

std::string KatakanaOf(std::string_view text) {
  return ChangeEach(text,
                    [](char32_t c) { return c >= U'ぁ' && c <= U'ゔ' ? c + kKatakanaShift : c; });
}

bool IsKana(std::string_view text) {
  bool is_kana = !text.empty();
  while (is_kana && !text.empty()) {
    const char32_t c = DecodeUtf8(&text);
    is_kana = IsHiragana(c) || IsKatakana(c);
  }
  return is_kana;
}

std::optional<std::string> HiraganaOfRomaji(std::string_view letters) {
  const std::string plain = WithoutMacrons(letters, "-");
  std::string_view rest = plain;
  std::string kana;
  while (!rest.empty()) {
    // `nn` is one ん only where no syllable follows: konna is こんな.
    if (rest == "nn") {
      return kana + "ん";
    }
    const auto* syllable =
        std::find_if(kSyllables.begin(), kSyllables.end(), [rest](const Syllable& entry) {
          return rest.starts_with(entry.letters);
        });
    if (syllable != kSyllables.end()) {
      kana += syllable->kana;
      rest.remove_prefix(syllable->letters.size());
      continue;
    }
    const std::string_view closing = ClosingKana(rest);
    if (closing.empty()) {
      return std::nullopt;
    }
    kana += closing;
    rest.remove_prefix(1);
  }
  return kana.empty() ? std::nullopt : std::optional(std::move(kana));
}

std::string RomajiKey(std::string_view text) {
  const std::optional<std::string> letters = LettersOf(WithoutMacrons(text, ""));
  return letters ? Collapse(Respell(*letters)) : std::string();
}

}  // namespace kyujin::text
