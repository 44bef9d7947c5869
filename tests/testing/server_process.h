// ServerProcess: the real kyujin-server on a free port of the loopback address.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/testing/child_process.h"

namespace kyujin::test {

// Confined to one thread.
class ServerProcess {
 public:
  // Starts `program` over `index` and waits until it listens; `further` are more arguments. Returns
  // nullptr when it does not come to that; `*failure` (if given) is then what it said.
  static std::unique_ptr<ServerProcess> Start(const std::filesystem::path& program,
                                              const std::filesystem::path& index,
                                              const std::vector<std::string>& further = {},
                                              std::string* failure = nullptr);

  [[nodiscard]] uint16_t port() const { return port_; }
  [[nodiscard]] ChildProcess& process() { return process_; }

 private:
  explicit ServerProcess(const std::vector<std::string>& arguments) : process_(arguments) {}

  ChildProcess process_;
  uint16_t port_ = 0;
};

}  // namespace kyujin::test
