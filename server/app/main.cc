// kyujin-server: serves searches over an index, and people's saved queries (API.md). Exit status: 0
// stopped by a signal, 1 could not start, 2 wrong usage.
#include <pthread.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string_view>
#include <variant>

#include "engine/base/allocator.h"
#include "server/app/app.h"
#include "server/app/server_config.h"
#include "server/app/token_command.h"

namespace {

// Signals are taken by sigwait in this thread alone; every thread made later inherits the mask.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    sigaddset(&signals, signal);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // A client that went away is an error of its socket, not of the process.
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

// As many connections as the system lets us have: what a shell gives at first is meant for programs
// that use select.
void RaiseDescriptorLimit() {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
    descriptors.rlim_cur = descriptors.rlim_max;
    static_cast<void>(setrlimit(RLIMIT_NOFILE, &descriptors));
  }
}

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int Fail(const char* message, int status = kFailed) {
  std::fprintf(stderr, "kyujin-server: %s\n", message);
  return status;
}

int Serve(const kyujin::app::ServerConfig& config) {
  const sigset_t signals = BlockSignals();
  RaiseDescriptorLimit();
  auto app = kyujin::app::App::Create(config);
  if (!app.has_value()) {
    const bool is_usage = app.error().code == kyujin::ErrorCode::kInvalidArgument;
    return Fail(app.error().message.c_str(), is_usage ? kWrongUsage : kFailed);
  }
  (*app)->Start();
  for (int signal = 0; sigwait(&signals, &signal) == 0 && signal == SIGHUP;) {
    (*app)->Reload();
  }
  (*app)->Stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    kyujin::UseLargePages();
    if (argc > 1 && std::string_view(argv[1]) == "token") {
      const auto token = kyujin::app::ParseTokenCommand(argc, argv);
      const auto* command = std::get_if<kyujin::app::TokenCommand>(&token);
      return command != nullptr ? kyujin::app::RunTokenCommand(*command)
                                : std::get<kyujin::app::ExitStatus>(token);
    }
    const auto parsed = kyujin::app::ParseCommandLine(argc, argv);
    const auto* config = std::get_if<kyujin::app::ServerConfig>(&parsed);
    return config != nullptr ? Serve(*config) : std::get<kyujin::app::ExitStatus>(parsed);
  } catch (const std::exception& error) {
    return Fail(error.what());
  }
}
