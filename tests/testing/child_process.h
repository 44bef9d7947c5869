// ChildProcess: one of our programs run by a test, with everything it writes caught. It never
// outlives the object.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kyujin::test {

// How long a test waits for what should take moments; a build under a sanitizer is slow.
inline constexpr std::chrono::seconds kPatience{120};

struct ChildOptions {
  std::optional<uint64_t> max_file_bytes;  // RLIMIT_FSIZE; writing beyond it is an error
};

// Confined to one thread.
class ChildProcess {
 public:
  // Starts `arguments[0]`. A program that cannot be started ends with status 127.
  explicit ChildProcess(const std::vector<std::string>& arguments,
                        const ChildOptions& options = {});
  // Kills the process if it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ChildProcess(ChildProcess&&) = delete;
  ChildProcess& operator=(ChildProcess&&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  // What it has written to stdout and stderr, as far as it was read by the calls below.
  [[nodiscard]] const std::string& output() const { return output_; }

  void Signal(int signal) const;

  // Reads output until it holds `text`. Returns false when the process ends or patience does.
  bool WaitForOutput(std::string_view text, std::chrono::milliseconds patience = kPatience);

  // Waits for the end and reads all output. Returns the exit status, 128 + n after signal n, or
  // nothing when patience ended first: then it still runs.
  std::optional<int> Wait(std::chrono::milliseconds patience = kPatience);

 private:
  enum class ReadState { kRead, kEnded, kLate };
  ReadState ReadSome(std::chrono::steady_clock::time_point deadline);

  pid_t pid_ = -1;
  int pipe_ = -1;
  std::string output_;
  std::optional<int> status_;
};

// What a program said and how it ended.
struct Outcome {
  int status = -1;  // -1: it did not end in time and was killed
  std::string output;
};
Outcome RunProgram(const std::vector<std::string>& arguments, const ChildOptions& options = {});

}  // namespace kyujin::test
