// A filter that a posting passes: drawn from random postings, values come in proportion to their
// counts.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "bench/corpus/random.h"
#include "engine/schema/job_posting.h"

namespace kyujin::mix {

// Returns a parameter and a value that `posting` passes; nothing when it does not give what was
// drawn.
std::optional<std::pair<std::string, std::string>> SampleFilter(const schema::JobPosting& posting,
                                                                corpus::Random* random);

}  // namespace kyujin::mix
