// From a hit of a search to the JSON that clients see (API.md 2): the members that follow from the
// posting (engine/schema/posting_writer.h) and those that only the search knows.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/schema/hit_field.h"
#include "engine/schema/job_posting.h"
#include "engine/search/highlighter.h"
#include "engine/search/search_result.h"

namespace kyujin::api {

struct HitOptions {
  Date today;  // decides the condition `new`
  schema::HitFieldMask fields = schema::kAllHitFields;
  std::optional<double> distance_km;
  std::optional<int64_t> score;  // in 65536ths; nothing when the order is not by relevance
  bool partial = false;          // only pieces of words match
  std::span<const search::FieldHighlight> highlights = {};  // nothing is written of none
  const search::HitExplanation* explanation = nullptr;      // written when there is one
};

// Writes one hit as an object.
void WriteHit(const schema::JobPosting& posting, const HitOptions& options, JsonWriter* json);

}  // namespace kyujin::api
