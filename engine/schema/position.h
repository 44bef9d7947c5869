// Positions on Earth: where a posting is (its own coordinates, else its municipality's, else the
// seat of its prefecture's government) and how far two places are apart (API.md 2, `near`).
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Returns the position of degrees north and east, or nothing when that is not on Earth.
std::optional<Position> MakePosition(double latitude, double longitude);
// The same from two decimal numbers as text.
std::optional<Position> ParsePosition(std::string_view latitude, std::string_view longitude);

double LatitudeOf(Position position);
double LongitudeOf(Position position);

// Returns the great-circle distance (haversine, mean radius of the Earth).
double DistanceKm(Position a, Position b);

// The positions of municipalities. Knows the prefectures' seats from the start. Filled once, then
// read only.
class PositionTable {
 public:
  // Sets the position of a municipality or ward.
  void Set(uint16_t municipality, Position position) { municipalities_[municipality] = position; }

  // Returns the position of the municipality, else of the city that it is a ward of, else of the
  // prefecture's seat of government, else nothing.
  [[nodiscard]] std::optional<Position> Find(uint8_t prefecture, uint16_t municipality) const;

 private:
  std::unordered_map<uint16_t, Position> municipalities_;
};

}  // namespace kyujin::schema
