// SignalWatcher: turns Ctrl-C (SIGINT) and SIGTERM into a request to stop, without a handler. A
// second signal ends the program at once; the index survives that too.
#pragma once

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigset_t is POSIX

#include <stop_token>
#include <thread>

namespace kyujin::indexer {

// Confined to one thread: made by main before any other thread, because threads inherit which
// signals are blocked.
class SignalWatcher {
 public:
  SignalWatcher();
  ~SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;
  SignalWatcher(SignalWatcher&&) = delete;
  SignalWatcher& operator=(SignalWatcher&&) = delete;

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  void Watch(const std::stop_token& ended);

  sigset_t signals_;
  std::stop_source stop_;
  std::jthread thread_;  // last: it uses the members above
};

}  // namespace kyujin::indexer
