#include "indexer/signal_watcher.h"

#include <ctime>

namespace kyujin::indexer {
namespace {
constexpr long kPollNanoseconds = 100'000'000;  // NOLINT(google-runtime-int): the type of timespec
}  // namespace

SignalWatcher::SignalWatcher() : signals_() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::jthread([this](const std::stop_token& ended) { Watch(ended); });
}

SignalWatcher::~SignalWatcher() {
  thread_ = {};  // stops and joins
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

void SignalWatcher::Watch(const std::stop_token& ended) {
  const timespec interval{0, kPollNanoseconds};
  while (!ended.stop_requested()) {
    const int number = sigtimedwait(&signals_, nullptr, &interval);
    if (number < 0) {
      continue;
    }
    if (stop_.stop_requested()) {
      // Let the signal do what it would have done to a program that does not catch it.
      pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      raise(number);
    }
    stop_.request_stop();
  }
}

}  // namespace kyujin::indexer
