// The conditions a person can ask for (API.md 4): yes, no or unknown for each posting, decided once
// at indexing. Adding a condition is one row in condition.cc.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kyujin::schema {

struct JobPosting;
class FeedRecord;

enum class Tristate : uint8_t { kUnknown, kNo, kYes };

// The order is that of API.md 4 and of the bits in the condition columns.
enum class Condition : uint8_t {
  kUijTurn,
  kRemote,
  kNearStation,
  kFixedOvertime,
  kCarCommute,
  kNoTransfer,
  kNoExperience,
  kNoEducation,
  kNoLicence,
  kNoAgeLimit,
  kWeekendOff,
  kTwoDayWeek,
  kNoOvertime,
  kNoShiftWork,
  kNoNightWork,
  kSmokeFree,
  kBonus,
  kPromotionToRegular,
  kCommuteAllowance,
  kRetirementAllowance,
  kSocialInsurance,
  kNoDocumentScreening,
  kTrial,
  kHousingSingle,
  kHousingFamily,
  kChildcare,
  kIceAge,
  kOver60,
  kOnlineApplication,
  kNew,  // depends on today: never stored, see kConditionNew
};
inline constexpr size_t kConditionCount = 30;
// All but kNew have a bit in the condition columns.
inline constexpr size_t kStoredConditionCount = kConditionCount - 1;
// `new` holds for what was received on today − 2 … today.
inline constexpr int kNewDays = 2;

// What the condition's own field says of a posting: kUnknown when the field is absent or blank, so
// that patterns over the text may decide instead. `posting` has every other derived value already.
using ConditionRule = Tristate (*)(const FeedRecord& feed, const JobPosting& posting);

struct ConditionSpec {
  Condition id;
  std::string_view code;   // "no_night_work"
  std::string_view label;  // 夜勤なし
  ConditionRule rule;      // nullptr: no field says it, text only
};

// All conditions, in the order of Condition.
std::span<const ConditionSpec> Conditions();
inline const ConditionSpec& GetCondition(Condition condition) {
  return Conditions()[static_cast<size_t>(condition)];
}
std::optional<Condition> FindCondition(std::string_view code);

// A set of stored conditions: bit i is Condition i.
using ConditionMask = uint32_t;
inline constexpr ConditionMask ConditionBit(Condition condition) {
  return ConditionMask{1} << static_cast<unsigned>(condition);
}

}  // namespace kyujin::schema
