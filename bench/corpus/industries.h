// Industries: what employers do, by minor group of the Japan Standard Industrial Classification,
// and how often each section offers bonuses, two days off a week and commuting allowances.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kyujin::corpus {

// Which names and phrases an employer of an industry gets.
enum class EmployerKind : uint8_t {
  kFarm,
  kConstruction,
  kFactory,
  kFood,
  kInformation,
  kTransport,
  kTrade,
  kShop,
  kFinance,
  kFirm,
  kHospitality,
  kLife,
  kSchool,
  kHospital,
  kClinic,
  kWelfare,
  kCooperative,
  kReligion,
  kPublic,
  kBusinessService,
};
inline constexpr size_t kEmployerKindCount = 20;

struct Industry {
  std::string_view code;  // 3 digits
  std::string_view name;
  char section;  // A … T
  EmployerKind kind;
};

// Shares in 1,000 of full-time openings.
struct SectionConditions {
  uint32_t two_days_off;    // 完全週休二日
  uint32_t other_days_off;  // その他の週休二日
  uint32_t bonus;
  uint32_t commute_allowance;
};

std::span<const Industry> Industries();
// Returns the place of `code` in Industries(). Requires: the code is there.
size_t IndustryIndex(std::string_view code);
SectionConditions ConditionsOfSection(char section);

}  // namespace kyujin::corpus
