// The codes that the closed values of a posting have, one function per value: a filter takes them
// and the posting's JSON is written with them. Labels come from dict/.
//
// Thread rule: **Immutable.**
#pragma once

#include <span>

#include "engine/schema/choice.h"

namespace kyujin::schema {

std::span<const Choice> KindChoices();
std::span<const Choice> FullPartChoices();
std::span<const Choice> EmploymentChoices();
std::span<const Choice> DispatchChoices();
std::span<const Choice> WageTypeChoices();
std::span<const Choice> RenewalChoices();
std::span<const Choice> LicenceNeedChoices();
std::span<const Choice> WorkSystemChoices();      // bits
std::span<const Choice> InsuranceChoices();       // bits
std::span<const Choice> HolidayWeekdayChoices();  // bits

}  // namespace kyujin::schema
