// Query files, read whole.
#pragma once

#include <filesystem>
#include <vector>

#include "bench/mix/mix_query.h"
#include "engine/base/result.h"

namespace kyujin::bench {

// Returns the requests of a file, one a line. Errors: kNotFound and the like, kInvalidArgument when
// there are none.
Result<std::vector<mix::QueryLine>> ReadQueryLines(const std::filesystem::path& path);

}  // namespace kyujin::bench
