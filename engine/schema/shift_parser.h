// Shifts (就業時間) as minutes, and what the feed says of the system of working hours.
//
// Thread rule: Immutable.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/schema/feed_record.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Appends every `8時30分～17時30分` of `text` to `shifts`; `(1)` in front, `17:30` and `翌7時` are
// understood. An end that is not after its start lies on the next day; `0時00分～0時00分` is no
// shift.
void ParseShifts(std::string_view text, std::vector<Shift>* shifts);

// Appends the shifts of `feed`, none twice.
void ParseShifts(const FeedRecord& feed, std::vector<Shift>* shifts);

// Whether a posting gives any shift.
enum class ShiftsGiven : uint8_t { kNo, kYes };

// Returns the WorkSystem bits of 就業時間の制度. Blank beside given shifts is kFixed, otherwise 0.
uint8_t ParseWorkSystems(std::string_view text, ShiftsGiven shifts);

// Whether `shift` overlaps 22:00–05:00.
bool IsNightShift(const Shift& shift);

}  // namespace kyujin::schema
