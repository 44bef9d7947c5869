// From a JobPosting to the posting object (API.md 6), the JSON that clients and `dump` see. One
// function per member, so that a field mask costs nothing. Members without a value are left out.
//
// Hours are minutes since midnight as HH:MM; a shift past midnight ends above 24:00 (`22:00-31:00`
// ends at seven the next morning), as `end_by` counts.
//
// Thread rule: **Immutable.**
#pragma once

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/schema/hit_field.h"
#include "engine/schema/job_posting.h"

namespace kyujin::schema {

// Writes one member of a hit as far as it follows from the posting alone; `today` decides the
// condition `new`.
void WriteMember(const JobPosting& posting, HitField field, Date today, JsonWriter* json);

// Writes the posting object: the members of a hit, every derived value, and `feed`.
void WritePosting(const JobPosting& posting, Date today, JsonWriter* json);

}  // namespace kyujin::schema
