// From a JobPosting to the JSON that clients see: a hit of a search (API.md 2) and the posting
// object (API.md 6). One function per member, so that a field mask costs nothing. Members without a
// value are left out.
//
// Hours are minutes since midnight as HH:MM; a shift past midnight ends above 24:00 (`22:00-31:00`
// ends at seven the next morning), as `end_by` counts.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/query/hit_field.h"
#include "engine/schema/job_posting.h"
#include "engine/search/highlighter.h"
#include "engine/search/search_result.h"

namespace kyujin::api {

struct HitOptions {
  Date today;  // decides the condition `new`
  query::HitFieldMask fields = query::kAllHitFields;
  std::optional<double> distance_km;
  std::optional<int64_t> score;  // in 65536ths; nothing when the order is not by relevance
  bool partial = false;          // only pieces of words match
  std::span<const search::FieldHighlight> highlights = {};  // nothing is written of none
  const search::HitExplanation* explanation = nullptr;      // written when there is one
};

// Writes one hit as an object.
void WriteHit(const schema::JobPosting& posting, const HitOptions& options, JsonWriter* json);

// Writes the posting object: the members of a hit, every derived value, and `feed`.
void WritePosting(const schema::JobPosting& posting, Date today, JsonWriter* json);

}  // namespace kyujin::api
