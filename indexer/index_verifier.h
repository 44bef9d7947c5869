// VerifyIndex: `kyujin-index verify`, everything of the live generation read again: checksums of
// all files, and every segment against itself (engine/index/segment_verifier.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <stop_token>

#include "engine/base/result.h"

namespace kyujin::indexer {

struct VerifyOptions {
  std::filesystem::path index;
  bool derive_all = false;  // derive and analyse every posting anew, not a thousand of each segment
};

// Writes what was checked and what is wrong to `out`, one fact a line. Damaged files may end the
// program: run it by RunInChild.
// Errors: kCorruption when anything is wrong; kNotFound when there is no index; kUnavailable when
// it is of another version or `stop` was asked for.
Status VerifyIndex(const VerifyOptions& options, const std::stop_token& stop, std::ostream& out);

// Runs `work` in a process of its own and waits for it. Returns what it returned; an error of kind
// kCorruption when the process was ended by a signal of its own making.
// Requires: the process has no other threads yet.
Status RunInChild(const std::function<Status()>& work);

}  // namespace kyujin::indexer
