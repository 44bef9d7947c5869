#include "engine/query/place_lexicon.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <unordered_map>
#include <vector>

#include "engine/query/interpretation_table.h"
#include "engine/schema/code_table.h"
#include "engine/schema/municipality.h"
#include "engine/schema/name_key.h"
#include "engine/text/utf8.h"

namespace kyujin::query {
namespace {

using schema::Municipality;
using schema::MunicipalityKind;

constexpr size_t kKanjiBytes = 3;
constexpr size_t kMaxNameBytes = 60;
constexpr size_t kPrefectureDigits = 2;

// ヶ and ケ are one letter in names; both take three bytes.
std::string PlaceKey(std::string_view text) {
  std::string key(text.substr(0, kMaxNameBytes));
  for (size_t at = key.find("ヶ"); at != key.npos; at = key.find("ヶ", at)) {
    key.replace(at, kKanjiBytes, "ケ");
  }
  return key;
}

// A name without 都 府 県 市 区 町 村. 北海道 and 京都 are no shorter.
std::string_view ShortName(std::string_view name) {
  return name == "北海道" ? name : name.substr(0, name.size() - kKanjiBytes);
}

// Short names of cities and of long towns are read as places, unless dict/ says that they are
// words; of two-letter towns and of wards only those that dict/ lists.
BarePlaceUse UseOfShort(std::string_view name, MunicipalityKind kind, bool is_city_name) {
  for (const BarePlaceName& listed : BarePlaceNames()) {
    if (listed.name == name) {
      return listed.use;
    }
  }
  const size_t letters = text::CountCodePoints(name);
  const bool is_small = kind == MunicipalityKind::kTown || kind == MunicipalityKind::kVillage;
  if (letters < 2 || kind == MunicipalityKind::kWard) {
    return BarePlaceUse::kWord;
  }
  return !is_small || is_city_name || letters > 2 ? BarePlaceUse::kPlace : BarePlaceUse::kWord;
}

PlaceRank ShortRank(MunicipalityKind kind) {
  switch (kind) {
    case MunicipalityKind::kDesignatedCity:
      return PlaceRank::kDesignatedCity;
    case MunicipalityKind::kWard:
      return PlaceRank::kWard;
    default:
      return PlaceRank::kMunicipality;
  }
}

class NameTable {
 public:
  NameTable() {
    AddPrefectures();
    for (const Municipality& place : schema::Municipalities()) {
      if (place.kind == MunicipalityKind::kCity ||
          place.kind == MunicipalityKind::kDesignatedCity ||
          place.kind == MunicipalityKind::kSpecialWard) {
        city_names_.emplace(std::string(ShortName(place.name)), true);
      }
    }
    for (const Municipality& place : schema::Municipalities()) {
      AddMunicipality(place);
    }
    AddFormer();
    for (const StationName& station : StationNames()) {
      AddStation(station);
    }
    for (auto& [name, meanings] : names_) {
      std::stable_sort(meanings.begin(), meanings.end(), [](const auto& a, const auto& b) {
        return a.rank < b.rank;
      });
    }
  }

  // Returns nullptr when nothing has this name.
  [[nodiscard]] const std::vector<PlaceMeaning>* Find(const std::string& name) const {
    const auto known = names_.find(name);
    return known == names_.end() ? nullptr : &known->second;
  }

 private:
  void Add(std::string_view name, const PlaceMeaning& meaning) {
    std::vector<PlaceMeaning>& meanings = names_[PlaceKey(name)];
    const bool is_there = std::any_of(meanings.begin(), meanings.end(), [&](const auto& other) {
      return other.parameter == meaning.parameter && other.value == meaning.value &&
             other.prefecture == meaning.prefecture;
    });
    if (!is_there) {
      meanings.push_back(meaning);
    }
  }

  void AddPrefectures() {
    for (const schema::Code& code : schema::PrefectureTable().codes) {
      const std::string value(code.code);
      Add(code.label, {"pref", value, code.code, PlaceRank::kFullName});
      Add(ShortName(code.label), {"pref", value, code.code, PlaceRank::kPrefecture});
    }
  }

  void AddMunicipality(const Municipality& place) {
    const schema::Code& prefecture = schema::PrefectureTable().codes[place.prefecture - 1U];
    std::array<char, 6> digits{};
    std::snprintf(digits.data(), digits.size(), "%05d", int{place.code});
    const schema::Code* code = schema::MunicipalityTable().Find(digits.data());
    const std::string value(code->code);
    const PlaceMeaning full{"city", value, prefecture.code, PlaceRank::kFullName};
    const std::string_view short_prefecture = ShortName(prefecture.label);
    std::vector<std::string> names{std::string(place.name), std::string(code->label)};
    if (!place.county.empty()) {
      names.push_back(std::string(place.county) + std::string(place.name));
    }
    if (const Municipality* city = schema::FindMunicipality(place.city); city != nullptr) {
      names.push_back(std::string(ShortName(city->name)) + std::string(place.name));
    }
    for (const std::string& name : names) {
      Add(name, full);
      Add(std::string(prefecture.label) + name, full);
      Add(std::string(short_prefecture) + name, full);
    }
    const std::string_view short_name = ShortName(place.name);
    const BarePlaceUse use =
        UseOfShort(short_name, place.kind, city_names_.contains(std::string(short_name)));
    if (use != BarePlaceUse::kWord) {
      const bool is_offered = use == BarePlaceUse::kOffer;
      const PlaceRank rank = is_offered ? PlaceRank::kOffered : ShortRank(place.kind);
      Add(short_name, {"city", value, prefecture.code, rank});
      Add(std::string(short_prefecture) + std::string(short_name), full);
      Add(std::string(prefecture.label) + std::string(short_name), full);
    }
  }

  void AddFormer() {
    for (const schema::FormerMunicipality& former : schema::FormerMunicipalities()) {
      std::array<char, 6> digits{};
      std::snprintf(digits.data(), digits.size(), "%05d", int{former.code});
      const uint8_t prefecture = schema::PrefectureOf(former.code);
      const PlaceMeaning meaning{"city",
                                 digits.data(),
                                 schema::PrefectureTable().codes[prefecture - 1U].code,
                                 PlaceRank::kFormer};
      Add(former.name, meaning);
      if (!former.county.empty()) {
        Add(std::string(former.county) + std::string(former.name), meaning);
      }
    }
  }

  void AddStation(const StationName& station) {
    const std::string name(station.name);
    const std::vector<PlaceMeaning>* others = Find(PlaceKey(name));
    const bool is_offered = station.use == BarePlaceUse::kOffer ||
                            (others != nullptr && others->front().rank == PlaceRank::kOffered);
    const PlaceRank rank = is_offered ? PlaceRank::kOffered : PlaceRank::kStation;
    for (std::string_view rest = station.prefectures; !rest.empty();) {
      const std::string_view prefecture = rest.substr(0, kPrefectureDigits);
      rest.remove_prefix(std::min(kPrefectureDigits + 1, rest.size()));
      AddStationMeaning(name, {"station", name, prefecture, rank}, station.use);
      // 三宮 is 三ノ宮, too, to who looks for work there.
      for (std::string_view names = station.others; !names.empty();) {
        const std::string_view other = names.substr(0, names.find('|'));
        names.remove_prefix(std::min(other.size() + 1, names.size()));
        AddStationMeaning(name, {"station", std::string(other), prefecture, rank}, station.use);
      }
    }
  }

  void AddStationMeaning(const std::string& typed, PlaceMeaning meaning, BarePlaceUse use) {
    if (use != BarePlaceUse::kWord) {
      Add(typed, meaning);
    }
    meaning.rank = PlaceRank::kFullName;
    Add(typed + "駅", meaning);
    Add(typed + "駅前", meaning);
  }

  std::unordered_map<std::string, std::vector<PlaceMeaning>> names_;
  std::unordered_map<std::string, bool> city_names_;
};

const NameTable& Names() {
  static const NameTable names;
  return names;
}

// What may stand after a name without changing what it names. 内 only after full names: 東京内 is
// none, and 社内 must not be cut.
size_t SuffixSize(std::string_view rest, PlaceRank rank) {
  constexpr std::string_view kAfterAny[] = {"エリア勤務",
                                            "周辺エリア",
                                            "エリア",
                                            "勤務地",
                                            "勤務",
                                            "周辺",
                                            "近辺",
                                            "近郊",
                                            "付近",
                                            "方面",
                                            "近く"};
  if (rank == PlaceRank::kFullName && rest.starts_with("内") && !rest.starts_with("内勤")) {
    return kKanjiBytes;
  }
  for (const std::string_view suffix : kAfterAny) {
    if (rest.starts_with(suffix)) {
      return suffix.size();
    }
  }
  return 0;
}

}  // namespace

bool IsStationName(std::string_view key) {
  static const std::set<std::string, std::less<>> keys = [] {
    std::set<std::string, std::less<>> all;
    for (const StationName& station : StationNames()) {
      all.insert(schema::StationKey(station.name));
    }
    return all;
  }();
  return keys.contains(key);
}

PlaceMatch FindPlace(std::string_view text) {
  std::string key = PlaceKey(text);
  for (; !key.empty(); key.pop_back()) {
    const bool cuts_character =
        key.size() < text.size() && (static_cast<uint8_t>(text[key.size()]) & 0xC0U) == 0x80U;
    if (cuts_character) {
      continue;
    }
    if (const std::vector<PlaceMeaning>* meanings = Names().Find(key)) {
      const size_t suffix = SuffixSize(text.substr(key.size()), meanings->front().rank);
      return {key.size() + suffix, *meanings};
    }
  }
  return {};
}

}  // namespace kyujin::query
