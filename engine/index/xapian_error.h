// Turns what Xapian throws into errors that name the file: the edge where its exceptions end.
#pragma once

#include <filesystem>
#include <utility>

#include "engine/base/result.h"

namespace kyujin::index {

// Returns the exception that is being handled as an error of `code` about `path`, of memory as
// kResourceExhausted, or throws it again when it is none of Xapian's, of the file system or of
// memory. Requires: called while one is handled.
Error CurrentXapianError(const std::filesystem::path& path, ErrorCode code);

// Runs `work` and returns what it returns, or such an error.
template <class Work>
auto Guarded(const std::filesystem::path& path, ErrorCode code, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return CurrentXapianError(path, code);
  }
}

}  // namespace kyujin::index
