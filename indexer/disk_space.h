// CheckDiskSpace: says before a long run, and in plain words, that the disk is too small for it.
// A run that passes can still meet a full disk; it then ends as on any other error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "engine/base/result.h"

namespace kyujin::indexer {

// Errors: kResourceExhausted when the file system of `folder` has less than `bytes` free for
// `purpose`; nothing when the system does not tell.
Status CheckDiskSpace(const std::filesystem::path& folder,
                      uint64_t bytes,
                      std::string_view purpose);

}  // namespace kyujin::indexer
