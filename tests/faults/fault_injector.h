// Fault injector: makes a chosen step of this process fail or be its last. A step is a system call
// that changes the disk: creating, writing, syncing, renaming, removing. The calls are caught where
// the C library is entered (the program defines them itself), so the steps of libraries count too
// and the engine needs no hook.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace kyujin::test {

enum class FaultKind {
  kNone,      // only counts
  kKill,      // the process dies before the step, as by kill -9
  kTorn,      // a write writes its first half, then the process dies; other steps as kKill
  kIoError,   // the step fails with EIO, once
  kDiskFull,  // this and all later steps that need room fail with ENOSPC
  kShort,     // from this step on writes write half of what they should and say so
};
std::string_view FaultName(FaultKind kind);

struct FaultPlan {
  FaultKind kind = FaultKind::kNone;
  uint64_t step = 0;  // counted from 1
};

// How a child process ended.
struct ChildResult {
  bool is_done = false;  // the action said that it did its work
  bool was_killed = false;
  uint64_t steps = 0;  // taken, when it was not killed
};

// Runs `action` in a child of this process under `plan`. Requires: this process has one thread.
ChildResult RunWithFault(const FaultPlan& plan, const std::function<bool()>& action);

}  // namespace kyujin::test
