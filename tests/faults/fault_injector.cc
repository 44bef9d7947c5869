#include "tests/faults/fault_injector.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>

#include "engine/base/result.h"

namespace kyujin::test {
namespace {

// What this process has to suffer. Written before the action begins.
struct Injector {
  std::atomic<bool> is_armed = false;
  FaultPlan plan;
  std::atomic<uint64_t> steps = 0;
};

Injector& Armed() {
  static Injector injector;
  return injector;
}

[[noreturn]] void Die() {
  ::syscall(SYS_kill, ::getpid(), SIGKILL);
  for (;;) {
  }
}

enum class Need { kRoom, kNoRoom };

// Counts a step. Returns the error it must fail with, or 0.
int TakeStep(Need need) {
  Injector& injector = Armed();
  if (!injector.is_armed) {
    return 0;
  }
  const uint64_t step = ++injector.steps;
  const FaultPlan& plan = injector.plan;
  if (plan.kind == FaultKind::kDiskFull) {
    return step >= plan.step && need == Need::kRoom ? ENOSPC : 0;
  }
  if (step != plan.step) {
    return 0;
  }
  if (plan.kind == FaultKind::kKill || plan.kind == FaultKind::kTorn) {
    Die();
  }
  return plan.kind == FaultKind::kIoError ? EIO : 0;
}

int64_t Fail(int error) {
  errno = error;
  return -1;
}

bool IsFile(int descriptor) {
  struct stat info {};
  return ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

// `write_some(count)` does the call for the first `count` bytes.
template <class WriteSome>
int64_t Write(int descriptor, size_t count, WriteSome&& write_some) {
  Injector& injector = Armed();
  if (!injector.is_armed || !IsFile(descriptor)) {
    return write_some(count);
  }
  const FaultPlan& plan = injector.plan;
  if (plan.kind == FaultKind::kTorn && injector.steps + 1 == plan.step) {
    write_some(count / 2);
    Die();
  }
  if (const int error = TakeStep(Need::kRoom); error != 0) {
    return Fail(error);
  }
  const bool is_short = plan.kind == FaultKind::kShort && injector.steps >= plan.step && count > 1;
  return write_some(is_short ? count / 2 : count);
}

int64_t Open(int folder, const char* path, int flags, unsigned mode) {
  if ((flags & O_CREAT) != 0) {
    if (const int error = TakeStep(Need::kRoom); error != 0) {
      return Fail(error);
    }
  }
  return ::syscall(SYS_openat, folder, path, flags, mode);
}

// A step that is one system call.
template <class... Arguments>
int Step(Need need, int64_t call, Arguments... arguments) {
  const int error = TakeStep(need);
  return static_cast<int>(error != 0 ? Fail(error) : ::syscall(call, arguments...));
}

}  // namespace

std::string_view FaultName(FaultKind kind) {
  switch (kind) {
    case FaultKind::kNone:
      return "no fault";
    case FaultKind::kKill:
      return "kill";
    case FaultKind::kTorn:
      return "torn write";
    case FaultKind::kIoError:
      return "EIO";
    case FaultKind::kDiskFull:
      return "ENOSPC";
    case FaultKind::kShort:
      return "short writes";
  }
  return "";
}

ChildResult RunWithFault(const FaultPlan& plan, const std::function<bool()>& action) {
  int ends[2]{};
  KYUJIN_CHECK(::pipe(ends) == 0);
  const pid_t child = ::fork();
  KYUJIN_CHECK(child >= 0);
  if (child == 0) {
    Injector& injector = Armed();
    injector.plan = plan;
    injector.steps = 0;
    injector.is_armed = true;
    const bool is_done = action();
    injector.is_armed = false;
    const uint64_t steps = injector.steps;
    const bool is_told = ::write(ends[1], &steps, sizeof(steps)) == sizeof(steps);
    ::_exit(is_done && is_told ? 0 : 1);
  }
  ::close(ends[1]);
  ChildResult result;
  int status = 0;
  if (::read(ends[0], &result.steps, sizeof(result.steps)) < 0) {
    result.steps = 0;
  }
  ::close(ends[0]);
  KYUJIN_CHECK(::waitpid(child, &status, 0) == child);
  result.was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  result.is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  // A crash of another kind is no fault that was asked for.
  KYUJIN_CHECK(WIFEXITED(status) || result.was_killed);
  return result;
}

}  // namespace kyujin::test

// The C library's names, for the whole program and every library in it.
// NOLINTBEGIN(cert-dcl50-cpp,readability-inconsistent-declaration-parameter-name)
extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
  va_end(arguments);
  return static_cast<int>(kyujin::test::Open(AT_FDCWD, path, flags, mode));
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
  va_end(arguments);
  return static_cast<int>(kyujin::test::Open(AT_FDCWD, path, flags, mode));
}
ssize_t write(int descriptor, const void* bytes, size_t count) {
  return kyujin::test::Write(descriptor, count, [&](size_t some) {
    return ::syscall(SYS_write, descriptor, bytes, some);
  });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
  return kyujin::test::Write(descriptor, count, [&](size_t some) {
    return ::syscall(SYS_pwrite64, descriptor, bytes, some, at);
  });
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
  return kyujin::test::Write(descriptor, count, [&](size_t some) {
    return ::syscall(SYS_pwrite64, descriptor, bytes, some, at);
  });
}
int fsync(int descriptor) {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_fsync, descriptor);
}
int fdatasync(int descriptor) {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_fdatasync, descriptor);
}
int rename(const char* from, const char* to) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_rename, from, to);
}
int unlink(const char* path) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kNoRoom, SYS_unlink, path);
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kNoRoom, SYS_unlinkat, folder, path, flags);
}
int mkdir(const char* path, mode_t mode) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_mkdir, path, mode);
}
int ftruncate(int descriptor, off_t size) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_ftruncate, descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
  return kyujin::test::Step(kyujin::test::Need::kRoom, SYS_ftruncate, descriptor, size);
}

}  // extern "C"
// NOLINTEND(cert-dcl50-cpp,readability-inconsistent-declaration-parameter-name)
