// Card codec: a whole JobPosting as bytes and back, derived values first, the feed's own text after
// them. What cards.bin stores, and all that a hit, a job page or a dump needs (FORMAT.md 4).
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/schema/job_posting.h"

namespace kyujin::index {

// Appends the card of `posting`.
void EncodeCard(const schema::JobPosting& posting, std::string* out);
// Errors: kCorruption when the bytes are no card. Any bytes are safe to give.
Result<schema::JobPosting> DecodeCard(std::string_view bytes);

}  // namespace kyujin::index
