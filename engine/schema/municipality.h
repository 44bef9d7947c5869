// Prefectures and municipalities as places: what lies in what, what a former code or name became,
// where a prefecture is governed from. Labels and readings: engine/schema/code_table.h.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/schema/code_table.h"

namespace kyujin::schema {

enum class MunicipalityKind : uint8_t {
  kCity,
  kDesignatedCity,
  kWard,
  kSpecialWard,
  kTown,
  kVillage
};

// A municipality of today, or a ward of a designated city (政令指定都市).
struct Municipality {
  uint16_t code;       // 13113
  uint16_t city;       // of a ward: the code of its designated city; 0 otherwise
  uint8_t prefecture;  // 1–47
  MunicipalityKind kind;
  std::string_view name;    // without 郡 and without the city of a ward
  std::string_view county;  // 郡 of towns and villages; empty otherwise
};

// A municipality that is no more, or a name under which one of today may still be written.
struct FormerMunicipality {
  uint16_t former_code;  // 0 = not known to us
  uint16_t code;         // the municipality or ward of today that most of it became
  std::string_view name;
  std::string_view county;
};

// Where the prefecture's government sits.
struct PrefectureSeat {
  double latitude;
  double longitude;
};

// All municipalities, by code.
std::span<const Municipality> Municipalities();
std::span<const FormerMunicipality> FormerMunicipalities();
// Index 0 is prefecture 1.
std::span<const PrefectureSeat> PrefectureSeats();

// Returns the municipality of today with this code, or nullptr. Cost: O(log n).
const Municipality* FindMunicipality(uint16_t code);

// Returns the code of today for a 5-digit code, current or former, or nothing. The view lives as
// long as the program.
std::optional<std::string_view> CurrentMunicipality(std::string_view code);

// Returns the code of today of the municipality that had this name: `岩槻市`, `筑紫郡那珂川町`,
// `浜松市中区`. Nothing when no former municipality is written so, or several that became different
// ones. Cost: O(n).
std::optional<std::string_view> CurrentMunicipalityOfName(std::string_view former_name);

// Returns 1–47, or 0 for an unknown code.
uint8_t PrefectureOf(uint16_t municipality);

bool IsDesignatedCity(uint16_t code);

// Returns the wards of a designated city by code; empty for anything else. A filter on the city's
// code takes them in.
std::span<const Municipality> WardsOf(uint16_t city);

}  // namespace kyujin::schema
