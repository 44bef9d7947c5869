#include "engine/schema/place_resolver.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "engine/schema/code_point.h"
#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"

namespace kyujin::schema {
namespace {

constexpr uint16_t kAmbiguous = 0;
constexpr size_t kShortestName = 2;  // 津市
constexpr uint16_t kCodesPerPrefecture = 1000;

// Ways of writing one name: the official form on the right or the left, it does not matter which.
constexpr std::array<std::pair<char16_t, char16_t>, 29> kVariants = {
    {{u'ヶ', u'ケ'}, {u'が', u'ケ'}, {u'ガ', u'ケ'}, {u'の', u'ノ'}, {u'之', u'ノ'}, {u'ツ', u'ッ'},
     {u'つ', u'ッ'}, {u'龍', u'竜'}, {u'竈', u'釜'}, {u'鰺', u'鯵'}, {u'桧', u'檜'}, {u'檮', u'梼'},
     {u'曾', u'曽'}, {u'祇', u'祗'}, {u'淵', u'渕'}, {u'﨑', u'崎'}, {u'髙', u'高'}, {u'濱', u'浜'},
     {u'澤', u'沢'}, {u'廣', u'広'}, {u'國', u'国'}, {u'條', u'条'}, {u'櫻', u'桜'}, {u'惠', u'恵'},
     {u'會', u'会'}, {u'齋', u'斎'}, {u'籠', u'篭'}, {u'袮', u'祢'}, {u'諌', u'諫'}}};

constexpr char16_t FoldVariant(char16_t c) {
  for (const auto& [variant, folded] : kVariants) {
    if (c == variant) {
      return folded;
    }
  }
  return c;
}

bool IsSkipped(char32_t c) {
  constexpr char32_t kFirstVariationSelector = 0xFE00;
  constexpr char32_t kLastVariationSelector = 0xFE0F;
  constexpr char32_t kFirstIdeographicSelector = 0xE0100;
  constexpr char32_t kLastIdeographicSelector = 0xE01EF;
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 ||
         (c >= kFirstVariationSelector && c <= kLastVariationSelector) ||
         (c >= kFirstIdeographicSelector && c <= kLastIdeographicSelector);
}

// More units than a list mark, a postal code and the longest name take together.
constexpr size_t kBeginning = 40;
// More than the feed's longest field of addresses (90 characters).
constexpr size_t kWholeField = 120;

// Folds the first `limit` units of `text`, spaces not counted.
std::u16string Fold(std::string_view text, size_t limit) {
  std::u16string folded;
  folded.reserve(limit);
  while (!text.empty() && folded.size() < limit) {
    const char32_t c = HalfWidth(TakeCodePoint(&text));
    if (!IsSkipped(c)) {
      folded.push_back(FoldVariant(static_cast<char16_t>(c > 0xFFFF ? kReplacementCharacter : c)));
    }
  }
  return folded;
}

bool IsDigit(char16_t c) {
  return c >= u'0' && c <= u'9';
}

bool IsHyphen(char16_t c) {
  return c == u'-' || c == u'‐' || c == u'‑' || c == u'–' || c == u'―' || c == u'−' || c == u'ー';
}

// Signs that open a line of a list or a bracket: no name begins with them.
bool IsMark(char16_t c) {
  constexpr std::u16string_view kMarks = u"〒([{【「『〔<・●○◎◆◇■□★☆▲△※*→:.)]}】」』〕>";
  return kMarks.find(c) != std::u16string_view::npos || (c >= u'①' && c <= u'⑳');
}

// Returns `text` after `●`, `(1)`, `2)`, `〒123-4567` or `1234567`.
std::u16string_view WithoutMarks(std::u16string_view text) {
  constexpr size_t kPostalDigits = 7;
  constexpr size_t kListDigits = 2;
  const auto skip_marks = [&text] {
    while (!text.empty() && IsMark(text.front())) {
      text.remove_prefix(1);
    }
  };
  skip_marks();
  size_t at = 0;
  size_t digits = 0;
  while (at < text.size() && (IsDigit(text[at]) || (digits == 3 && IsHyphen(text[at])))) {
    digits += IsDigit(text[at]) ? 1U : 0U;
    ++at;
  }
  const bool is_list_number = digits <= kListDigits && at < text.size() && IsMark(text[at]);
  if (digits == kPostalDigits || is_list_number) {
    text.remove_prefix(at);
    skip_marks();
  }
  return text;
}

std::u16string Key(uint8_t prefecture, std::u16string_view name) {
  std::u16string key(1, static_cast<char16_t>(prefecture));
  key.append(name);
  return key;
}

}  // namespace

PlaceResolver::PlaceResolver() {
  for (const Code& code : PrefectureTable().codes) {
    const std::u16string name = Fold(code.label, kBeginning);
    const auto number = static_cast<uint8_t>((code.code[0] - '0') * 10 + (code.code[1] - '0'));
    prefectures_.emplace(name, number);
  }
  AddCurrentNames();
  AddFormerNames();
}

void PlaceResolver::AddName(uint8_t prefecture, std::u16string_view name, uint16_t code) {
  const auto [found, is_new] = names_.emplace(Key(prefecture, name), code);
  if (!is_new && found->second != code) {
    found->second = kAmbiguous;
  }
  longest_name_ = std::max(longest_name_, name.size());
}

void PlaceResolver::AddCurrentNames() {
  for (const Municipality& one : Municipalities()) {
    const std::u16string name = Fold(one.name, kBeginning);
    const Municipality* city = schema::FindMunicipality(one.city);
    // A ward alone stands for itself inside its prefecture only.
    AddName(one.prefecture, name, one.code);
    if (city != nullptr) {
      const std::u16string full = Fold(city->name, kBeginning) + name;
      AddName(one.prefecture, full, one.code);
      AddName(0, full, one.code);
    }
    AddName(0, name, city != nullptr ? kAmbiguous : one.code);
    if (!one.county.empty()) {
      const std::u16string full = Fold(one.county, kBeginning) + name;
      AddName(one.prefecture, full, one.code);
      AddName(0, full, one.code);
    }
  }
}

void PlaceResolver::AddFormerNames() {
  // Names of today come first: a former name never hides or blurs one.
  Names today = names_;
  for (const FormerMunicipality& one : FormerMunicipalities()) {
    const auto prefecture = static_cast<uint8_t>(one.code / kCodesPerPrefecture);
    const std::u16string name = Fold(one.name, kBeginning);
    const std::u16string full = Fold(one.county, kBeginning) + name;
    for (const uint8_t scope : {prefecture, uint8_t{0}}) {
      for (const std::u16string& form : {name, full}) {
        if (!today.contains(Key(scope, form))) {
          AddName(scope, form, one.code);
        }
      }
    }
  }
}

uint16_t PlaceResolver::FindLongest(uint8_t prefecture, std::u16string_view rest) const {
  std::u16string key = Key(prefecture, rest.substr(0, longest_name_));
  for (size_t length = key.size() - 1; length >= kShortestName; --length) {
    const auto found = names_.find(std::u16string_view(key).substr(0, length + 1));
    if (found != names_.end()) {
      return found->second;
    }
  }
  return kAmbiguous;
}

uint16_t PlaceResolver::FindMunicipality(uint8_t prefecture, std::u16string_view rest) const {
  constexpr size_t kLongestCounty = 5;  // 三方上中郡
  if (const uint16_t code = FindLongest(prefecture, rest); code != kAmbiguous) {
    return code;
  }
  // A county of former days before a name of today.
  const size_t county = rest.find(u'郡', 1);
  if (prefecture != 0 && county != std::u16string_view::npos && county < kLongestCounty) {
    return FindLongest(prefecture, rest.substr(county + 1));
  }
  return kAmbiguous;
}

size_t PlaceResolver::MatchPrefecture(std::u16string_view text, uint8_t* prefecture) const {
  constexpr size_t kShortest = 3;
  constexpr size_t kLongest = 4;
  for (size_t length = std::min(kLongest, text.size()); length >= kShortest; --length) {
    const auto found = prefectures_.find(text.substr(0, length));
    if (found != prefectures_.end()) {
      *prefecture = found->second;
      return length;
    }
  }
  return 0;
}

Place PlaceResolver::FindInside(std::u16string_view text) const {
  while (!text.empty()) {
    uint8_t prefecture = 0;
    const size_t length = MatchPrefecture(text, &prefecture);
    text.remove_prefix(std::max<size_t>(length, 1));
    if (length == 0) {
      continue;
    }
    if (const uint16_t municipality = FindMunicipality(prefecture, text); municipality != 0) {
      return {prefecture, municipality};
    }
  }
  return {};
}

Place PlaceResolver::Resolve(std::string_view address) const {
  const std::u16string folded = Fold(address, kBeginning);
  std::u16string_view text = WithoutMarks(folded);
  Place place;
  if (const size_t length = MatchPrefecture(text, &place.prefecture); length != 0) {
    const std::u16string_view name = text.substr(0, length);
    // 大分県大分県大分市: typed once by hand, once by a form.
    while (text.starts_with(name)) {
      text.remove_prefix(length);
    }
    place.municipality = FindMunicipality(place.prefecture, text);
    return place;
  }
  place.municipality = FindMunicipality(0, text);
  place.prefecture = PrefectureOf(place.municipality);
  return place.municipality != 0 ? place : FindInside(Fold(address, kWholeField));
}

Place PlaceResolver::ResolveFirst(std::span<const std::string_view> addresses) const {
  Place place;
  for (const std::string_view address : addresses) {
    const Place next = Resolve(address);
    if (place.prefecture == 0) {
      place = next;
      continue;
    }
    const Municipality* found = schema::FindMunicipality(next.municipality);
    // Of unknown municipality (0), or the designated city whose ward comes now.
    const bool is_inside = found != nullptr && found->prefecture == place.prefecture &&
                           (place.municipality == 0 || found->city == place.municipality);
    if (is_inside) {
      place = next;
    }
  }
  return place;
}

}  // namespace kyujin::schema
