#include "engine/schema/name_key.h"

#include <algorithm>
#include <array>

#include "engine/schema/value_reader.h"
#include "engine/text/normalizer.h"

namespace kyujin::schema {
namespace {

using namespace std::string_view_literals;

// Operators and kinds of railway as people write them before a station. Longer ones stand before
// their beginnings.
constexpr std::array kOperators{"市営地下鉄"sv,
                                "都営地下鉄"sv,
                                "地下鉄"sv,
                                "東京メトロ"sv,
                                "大阪メトロ"sv,
                                "メトロ"sv,
                                "都営"sv,
                                "市内電車"sv,
                                "市電"sv,
                                "都電"sv,
                                "京王"sv,
                                "小田急"sv,
                                "東急"sv,
                                "京浜急行"sv,
                                "京急"sv,
                                "西武"sv,
                                "東武"sv,
                                "新京成"sv,
                                "京成"sv,
                                "相鉄"sv,
                                "名鉄"sv,
                                "近鉄"sv,
                                "南海"sv,
                                "京阪"sv,
                                "阪急"sv,
                                "阪神"sv,
                                "神鉄"sv,
                                "山陽電車"sv,
                                "西鉄"sv,
                                "静鉄"sv,
                                "遠鉄"sv,
                                "江ノ電"sv,
                                "北総"sv,
                                "東葉高速"sv,
                                "広電"sv,
                                "伊予鉄"sv,
                                "富山地鉄"sv,
                                "長崎電軌"sv,
                                "叡電"sv,
                                "嵐電"sv,
                                "ことでん"sv,
                                "とさでん"sv,
                                "阿武隈急行"sv,
                                "智頭急行"sv,
                                "北越急行"sv,
                                "伊豆急行"sv,
                                "伊豆急"sv,
                                "ゆりかもめ"sv,
                                "つくばエクスプレス"sv,
                                "モノレール"sv,
                                "リニモ"sv,
                                "ゆいレール"sv,
                                "琴電"sv,
                                "バス"sv};
// Names that only look as if an operator stood in front.
constexpr std::array kWholeNames{
    "西武園"sv, "西武球場前"sv, "東武動物公園"sv, "東武ワールドスクウェア"sv, "バスセンター前"sv};
// What ends the part of a name that tells the line, when a name is left behind it.
constexpr std::array kLineEnds{"地下鉄"sv,
                               "線"sv,
                               "ライン"sv,
                               "電鉄"sv,
                               "鉄道"sv,
                               "鐡道"sv,
                               "モノレール"sv,
                               "ライナー"sv,
                               "brt"sv,
                               "バス"sv};
constexpr std::array kSuffixes{
    "駅"sv, "電停"sv, "停留所"sv, "停留場"sv, "バス停"sv, "下車"sv, "付近"sv, "近く"sv};
// Words between the stops that are no stop.
constexpr std::array kNoNames{
    "乗車"sv, "最寄り"sv, "もより"sv, "もよりの"sv, "最寄"sv,       "最寄りの"sv,
    "各"sv,   "他"sv,     "ほか"sv,   "その他"sv,   "圏内"sv,       "以内"sv,
    "すぐ"sv, "停"sv,     "停下車"sv, "なし"sv,     "無し"sv,       "特になし"sv,
    "徒歩"sv, "車"sv,     "約"sv,     "程度"sv,     "より"sv,       "は"sv,
    "又"sv,   "線"sv,     "行"sv,     "行き"sv,     "直結"sv,       "前"sv,
    "jr"sv,   "tx"sv,     "各線"sv,   "下車すぐ"sv, "停下車すぐ"sv, "分"sv};

template <size_t kSize>
bool IsOneOf(const std::array<std::string_view, kSize>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// At least two characters: `西武` before one character is rather part of a name.
bool IsLongEnough(std::string_view rest) {
  return std::count_if(rest.begin(), rest.end(), [](char byte) {
           return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
         }) >= 2;
}

void DropSuffixes(std::string_view* name) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view suffix : kSuffixes) {
      if (name->ends_with(suffix)) {
        name->remove_suffix(suffix.size());
        found = true;
      }
    }
  }
}

// Keeps what stands inside the last pair of marks: `近鉄奈良線「瓢箪山」`.
std::string_view TakeQuoted(std::string_view name) {
  struct Marks {
    std::string_view open;
    std::string_view close;
  };
  constexpr std::array<Marks, 5> kMarks{
      {{"「", "」"}, {"『", "』"}, {"【", "】"}, {"〔", "〕"}, {"\"", "\""}}};
  for (const Marks& marks : kMarks) {
    const size_t close = name.rfind(marks.close);
    const size_t open = close == std::string_view::npos || close == 0
                            ? std::string_view::npos
                            : name.rfind(marks.open, close - 1);
    if (open != std::string_view::npos) {
      const size_t begin = open + marks.open.size();
      return name.substr(begin, close - begin);
    }
    if (const size_t alone = name.rfind(marks.open); alone != std::string_view::npos) {
      name.remove_prefix(alone + marks.open.size());
    }
  }
  return name;
}

std::string_view DropLine(std::string_view name) {
  for (const std::string_view end : kLineEnds) {
    const size_t place = name.rfind(end);
    if (place != std::string_view::npos && place > 0 && place + end.size() < name.size() &&
        !name.substr(place).starts_with("バスターミナル") &&
        !name.substr(place).starts_with("バスセンター前")) {
      name.remove_prefix(place + end.size());
    }
  }
  return name;
}

std::string_view DropOperator(std::string_view name) {
  if (IsOneOf(kWholeNames, name)) {
    return name;
  }
  if (name.starts_with("jr")) {
    name.remove_prefix(2);
  }
  for (const std::string_view word : kOperators) {
    if (name.starts_with(word) && (name == word || IsLongEnough(name.substr(word.size())))) {
      name.remove_prefix(word.size());
    }
  }
  return name;
}

bool IsLineOnly(std::string_view name) {
  return std::any_of(kLineEnds.begin(), kLineEnds.end(), [&](std::string_view end) {
    return name.ends_with(end);
  });
}

// Where to leave the station. 東川口 and 西尾口 are stations.
bool IsExit(std::string_view name) {
  constexpr std::array kExits{
      "東口"sv, "西口"sv, "南口"sv, "北口"sv, "中央口"sv, "東西口"sv, "南北口"sv, "出口"sv};
  return IsOneOf(kExits, name);
}

std::string_view LastToken(std::string_view name) {
  const size_t space = name.find_last_of(' ');
  return space == std::string_view::npos ? name : name.substr(space + 1);
}

// Width and case folded, every kind of space ' ', ヶ as ケ.
std::string FoldName(std::string_view name) {
  std::string folded = text::FoldWidth(name);
  constexpr std::string_view kSmall = "ヶ";
  constexpr std::string_view kLarge = "ケ";
  static_assert(kSmall.size() == kLarge.size());
  for (size_t i = folded.find(kSmall); i != std::string::npos; i = folded.find(kSmall, i)) {
    folded.replace(i, kLarge.size(), kLarge);
  }
  for (char& byte : folded) {
    if (static_cast<unsigned char>(byte) < 0x20) {
      byte = ' ';
    } else if (byte >= 'A' && byte <= 'Z') {
      byte = static_cast<char>(byte - 'A' + 'a');
    }
  }
  return folded;
}

}  // namespace

std::string NameKey(std::string_view name) {
  std::string key = FoldName(name);
  std::erase_if(key, [](char byte) { return byte == ' '; });
  return key;
}

std::string StationKey(std::string_view name) {
  const std::string folded = FoldName(name);
  std::string_view key = TakeQuoted(TrimValue(folded));
  DropSuffixes(&key);
  key = LastToken(TrimValue(key));
  if (IsLineOnly(key)) {
    return {};
  }
  key = DropOperator(DropLine(key));
  DropSuffixes(&key);
  if (IsOneOf(kNoNames, key) || IsExit(key)) {
    return {};
  }
  ValueReader reader(key);
  const char32_t first = reader.Peek();
  const bool is_name = first > 0x3040 || (first >= U'a' && first <= U'z') ||
                       (first >= U'0' && first <= U'9' && key.size() > 2);
  return is_name ? std::string(key) : std::string();
}

}  // namespace kyujin::schema
