#include "tests/testing/server_process.h"

#include <charconv>
#include <string_view>

namespace kyujin::test {
namespace {

// The line that says where it listens; the system chose the port.
constexpr std::string_view kMark = "\"address\":\"127.0.0.1:";

}  // namespace

std::unique_ptr<ServerProcess> ServerProcess::Start(const std::filesystem::path& program,
                                                    const std::filesystem::path& index,
                                                    const std::vector<std::string>& further,
                                                    std::string* failure) {
  std::vector<std::string> arguments{
      program.string(), "--index", index.string(), "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), further.begin(), further.end());
  std::unique_ptr<ServerProcess> server(new ServerProcess(arguments));
  ChildProcess& process = server->process_;
  // The line may come in pieces: wait for what ends the number as well.
  if (process.WaitForOutput(kMark)) {
    const size_t digits = process.output().find(kMark) + kMark.size();
    while (process.output().find('"', digits) == std::string::npos && process.WaitForOutput("\n")) {
    }
    const std::string& output = process.output();
    std::from_chars(output.data() + digits, output.data() + output.size(), server->port_);
  }
  if (server->port_ == 0) {
    if (failure != nullptr) {
      *failure = process.output();
    }
    return nullptr;
  }
  return server;
}

}  // namespace kyujin::test
