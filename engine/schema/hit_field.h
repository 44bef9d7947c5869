// The members of a hit (API.md 2): what `fields` may name and server/api may write.
//
// Thread rule: **Immutable.**
#pragma once

#include <span>
#include <string_view>

#include "engine/schema/choice.h"

namespace kyujin::schema {

enum class HitField : uint8_t {
  kNumber,
  kTitle,
  kEmployer,
  kSummary,
  kWorkplace,
  kPref,
  kPrefLabel,
  kCity,
  kCityLabel,
  kStation,
  kWalkMinutes,
  kDistanceKm,
  kOccupation,
  kEmployment,
  kEmploymentLabel,
  kFullPart,
  kWage,
  kHours,
  kOvertime,
  kHolidays,
  kAgeMax,
  kReceived,
  kDeadline,
  kPositions,
  kConditions,
  kConditionsFromText,
  kPartial,
  kScore,
  kHighlight,
};
inline constexpr size_t kHitFieldCount = 29;

// All members in the order in which they are written; Choice::value is the HitField.
std::span<const Choice> HitFields();

// Bit i stands for HitField i.
using HitFieldMask = uint32_t;
inline constexpr HitFieldMask kAllHitFields = (HitFieldMask{1} << kHitFieldCount) - 1;
constexpr HitFieldMask HitFieldBit(HitField field) {
  return HitFieldMask{1} << static_cast<unsigned>(field);
}

}  // namespace kyujin::schema
