// Processor time: what something costs when others use the machine too.
#pragma once

#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_gettime is POSIX

#include <chrono>

namespace kyujin::bench {

inline std::chrono::nanoseconds CpuTimeOf(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// Of this thread, and of all threads of the process.
inline std::chrono::nanoseconds ThreadCpuTime() {
  return CpuTimeOf(CLOCK_THREAD_CPUTIME_ID);
}
inline std::chrono::nanoseconds ProcessCpuTime() {
  return CpuTimeOf(CLOCK_PROCESS_CPUTIME_ID);
}

}  // namespace kyujin::bench
