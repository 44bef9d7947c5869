// From the explanation of a score to its JSON: the member `explain` of a hit. Every number is a
// multiple of 1/65536, so that the sums of a reader are exact.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>

#include "engine/base/json.h"
#include "engine/search/search_result.h"

namespace kyujin::api {

// Writes a score in 65536ths as a number.
void WriteScoreMember(std::string_view name, uint64_t score, JsonWriter* json);

// Writes an object: `score`, which is `recency` and the scores of `words` together; the score of a
// word is that of its `fields` together.
void WriteExplanation(const search::HitExplanation& explanation, JsonWriter* json);

}  // namespace kyujin::api
