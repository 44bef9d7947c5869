// PostgresqlServer: a PostgreSQL of a test's own, in a temporary folder, reached by a socket in it.
// Needs Debian's postgresql-15; of it only the programs are used.
#pragma once

#include <memory>
#include <string>

#include "tests/testing/child_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// Confined to one thread.
class PostgresqlServer {
 public:
  // Starts it and waits until it takes connections; nullptr when it does not come to that, and
  // `*failure` is then what it said. Run by root, it runs as the user postgres.
  static std::unique_ptr<PostgresqlServer> Start(std::string* failure);
  // Stops it.
  ~PostgresqlServer();
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;
  PostgresqlServer(PostgresqlServer&&) = delete;
  PostgresqlServer& operator=(PostgresqlServer&&) = delete;

  // The address of a database, which need not be there; "postgres" always is.
  [[nodiscard]] std::string Address(const std::string& database) const;

 private:
  PostgresqlServer() = default;

  TemporaryFolder folder_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace kyujin::test
