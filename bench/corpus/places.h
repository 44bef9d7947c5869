// Places: prefectures, municipalities and stations with their weights, made-up street addresses and
// the ways in which postings name the nearest station.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/corpus/alias_table.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

inline constexpr size_t kPrefectureCount = 47;

// Prefectures differ in which work they offer; three groups of occupations are told apart.
enum class WorkGroup : uint8_t { kOffice, kField, kOther };

struct Prefecture {
  std::string_view name;
  std::array<uint32_t, 3> share;  // by WorkGroup, in 10,000
  int monthly_thousand;           // mean monthly wage offered, 1,000 yen
  int hourly;                     // mean hourly wage offered
  int minimum_wage;               // per hour
  uint32_t near_station;          // in 1,000: a station within ten minutes on foot
  uint32_t elsewhere;             // in 1,000: received here, work in another prefecture
  int offices;                    // public employment offices numbered 010, 020, …
};

struct MunicipalityNames {
  std::string_view wards;
  std::string_view cities;
  std::string_view towns;
};

std::span<const Prefecture> Prefectures();
std::span<const MunicipalityNames> Municipalities();
std::span<const std::string_view> Stations();

// Where somebody is: indexes from 0.
struct Place {
  size_t prefecture = 0;
  size_t municipality = 0;
};

// Thread rule: **Immutable.**
class PlaceCatalogue {
 public:
  PlaceCatalogue();

  // Draws the prefecture whose office receives the posting, and the one of the workplace.
  [[nodiscard]] size_t PickPrefecture(Random& random, WorkGroup group) const;
  [[nodiscard]] size_t PickWorkPrefecture(Random& random, size_t received) const;
  [[nodiscard]] Place PickPlace(Random& random, size_t prefecture) const;

  // Returns 前橋市, 札幌市中央区, 北群馬郡榛東村.
  [[nodiscard]] std::string_view MunicipalityName(Place place) const;
  // Appends prefecture, municipality, a made-up quarter and a house number.
  void AppendAddress(std::string& out, Place place, Random& random) const;
  // Appends a made-up quarter: 松丘.
  void AppendQuarter(std::string& out, Random& random) const;
  // Appends a station's name as the feed writes it (`ＪＲ函館本線　札幌`), without 駅.
  void AppendStation(std::string& out, size_t prefecture, Random& random) const;

 private:
  struct Station {
    std::string_view line;
    std::string_view name;
  };
  struct Area {
    std::vector<std::string_view> municipalities;
    AliasTable weights;
    std::vector<Station> stations;
  };
  static Area MakeArea(size_t prefecture);
  void AppendHouseNumber(std::string& out, Random& random) const;

  std::vector<Area> areas_;
  std::vector<AliasTable> received_;  // by WorkGroup
  AliasTable elsewhere_;
  WordList quarter_starts_;
  WordList quarter_ends_;
  WordList quarters_;
  WordList buildings_;
};

}  // namespace kyujin::corpus
