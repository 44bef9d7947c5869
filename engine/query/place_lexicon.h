// PlaceLexicon: the names of prefectures and municipalities as people type them, full
// (東京都渋谷区) or short (渋谷), and what each may mean. Made from the code tables once. Private
// to engine/query.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kyujin::query {

// Which meanings of a name come first: only those of the best rank that is there are applied.
enum class PlaceRank : uint8_t {
  kFullName,        // 渋谷区, 府中市, 東京都
  kPrefecture,      // 東京
  kDesignatedCity,  // 横浜
  kMunicipality,    // 渋谷, 府中
  kWard,            // 天王寺
  kFormer,          // a name that is no more
  kStation,
  kOffered,  // 桜井: more often a name of people; a word unless another place holds it
};

// One place that a name may mean.
struct PlaceMeaning {
  std::string_view parameter;  // pref, city or station
  std::string value;
  std::string_view prefecture = {};  // two digits; of a station of many prefectures one of them
  PlaceRank rank = PlaceRank::kFullName;
  friend bool operator==(const PlaceMeaning&, const PlaceMeaning&) = default;
};

struct PlaceMatch {
  size_t size = 0;                         // bytes of the text; 0: no name
  std::span<const PlaceMeaning> meanings;  // best rank first, then in code order
};

// Returns the longest name that `text` starts with, with what may follow one (渋谷勤務, 都内).
// Requires: width is folded.
PlaceMatch FindPlace(std::string_view text);

// Returns whether `key` (schema::StationKey) is that of a station of dict/.
bool IsStationName(std::string_view key);

}  // namespace kyujin::query
