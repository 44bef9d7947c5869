// ParseMemorySize: the value of --memory, e.g. `4G`.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::indexer {

// The least --memory that a build takes.
inline constexpr uint64_t kMinMemory = uint64_t{64} << 20;

// A whole number with `K`, `M`, `G` or `T` (powers of 1024, `iB` or `B` may follow), or plain
// bytes. Errors: kInvalidArgument naming the text, also below kMinMemory.
Result<uint64_t> ParseMemorySize(std::string_view text);

}  // namespace kyujin::indexer
