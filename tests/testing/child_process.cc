#include "tests/testing/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "engine/base/result.h"

namespace kyujin::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kCannotStart = 127;
constexpr int kSignalBase = 128;

// Only calls that are safe between fork and exec: other threads of the test may hold locks.
[[noreturn]] void Become(char* const* arguments, int output, const ChildOptions& options) {
  // A test that is killed takes its children along.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (options.max_file_bytes) {
    const rlimit limit{*options.max_file_bytes, *options.max_file_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    // Then write() fails with EFBIG, as a full disk fails with ENOSPC, instead of a signal.
    ::signal(SIGXFSZ, SIG_IGN);
  }
  ::execv(arguments[0], arguments);
  ::_exit(kCannotStart);
}

int StatusOf(int raw) {
  return WIFEXITED(raw) ? WEXITSTATUS(raw) : kSignalBase + WTERMSIG(raw);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const ChildOptions& options) {
  std::array<int, 2> ends{};
  KYUJIN_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
  std::vector<std::string> copies = arguments;
  std::vector<char*> pointers;
  pointers.reserve(copies.size() + 1);
  for (std::string& copy : copies) {
    pointers.push_back(copy.data());
  }
  pointers.push_back(nullptr);
  pid_ = ::fork();
  KYUJIN_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    Become(pointers.data(), ends[1], options);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

ChildProcess::~ChildProcess() {
  if (!status_) {
    ::kill(pid_, SIGKILL);
    int raw = 0;
    ::waitpid(pid_, &raw, 0);
  }
  ::close(pipe_);
}

void ChildProcess::Signal(int signal) const {
  if (!status_) {
    ::kill(pid_, signal);
  }
}

ChildProcess::ReadState ChildProcess::ReadSome(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  pollfd wanted{.fd = pipe_, .events = POLLIN, .revents = 0};
  if (::poll(&wanted, 1, static_cast<int>(std::max<int64_t>(left.count(), 0))) <= 0) {
    return ReadState::kLate;
  }
  std::array<char, 16'384> chunk{};
  const ssize_t count = ::read(pipe_, chunk.data(), chunk.size());
  if (count <= 0) {
    return ReadState::kEnded;
  }
  output_.append(chunk.data(), static_cast<size_t>(count));
  return ReadState::kRead;
}

bool ChildProcess::WaitForOutput(std::string_view text, std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (output_.find(text) == std::string::npos) {
    if (ReadSome(deadline) != ReadState::kRead) {
      return false;
    }
  }
  return true;
}

std::optional<int> ChildProcess::Wait(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  ReadState state = ReadState::kRead;
  while (!status_ && state == ReadState::kRead) {
    state = ReadSome(deadline);
  }
  // Its end of the pipe closes when it ends, so this wait is short.
  if (!status_ && state == ReadState::kEnded) {
    int raw = 0;
    KYUJIN_CHECK(::waitpid(pid_, &raw, 0) == pid_);
    status_ = StatusOf(raw);
  }
  return status_;
}

Outcome RunProgram(const std::vector<std::string>& arguments, const ChildOptions& options) {
  ChildProcess child(arguments, options);
  const std::optional<int> status = child.Wait();
  return {status.value_or(-1), child.output()};
}

}  // namespace kyujin::test
