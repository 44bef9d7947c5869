#include "tests/testing/postgresql_server.h"

#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <vector>

namespace kyujin::test {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr const char* kUser = "postgres";
constexpr const char* kReady = "ready to accept connections";

// PostgreSQL does not run as root. setpriv becomes the program, so that the process is the server.
std::vector<std::string> AsUser(std::vector<std::string> arguments) {
  arguments[0].insert(0, kPrograms);
  if (geteuid() != 0) {
    return arguments;
  }
  std::vector<std::string> all = {
      "/usr/bin/setpriv", "--reuid", kUser, "--regid", kUser, "--clear-groups", "--"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

bool GiveToUser(const std::string& folder) {
  if (geteuid() != 0) {
    return true;
  }
  const passwd* user = getpwnam(kUser);  // NOLINT(concurrency-mt-unsafe): before any thread
  return user != nullptr && chown(folder.c_str(), user->pw_uid, user->pw_gid) == 0;
}

}  // namespace

std::unique_ptr<PostgresqlServer> PostgresqlServer::Start(std::string* failure) {
  std::unique_ptr<PostgresqlServer> server(new PostgresqlServer());
  const std::string folder = server->folder_.path().string();
  if (!GiveToUser(folder)) {
    *failure = "there is no user postgres: install postgresql-15 (scripts/install_packages test)";
    return nullptr;
  }
  const std::string data = folder + "/data";
  const Outcome made = RunProgram(AsUser({"initdb",
                                          "--pgdata=" + data,
                                          "--auth=trust",
                                          "--username=kyujin",
                                          "--encoding=UTF8",
                                          "--locale=C",
                                          "--no-sync"}));
  if (made.status != 0) {
    *failure = "initdb: " + made.output;
    return nullptr;
  }
  server->process_ = std::make_unique<ChildProcess>(AsUser({"postgres",
                                                            "-D",
                                                            data,
                                                            "-c",
                                                            "listen_addresses=",
                                                            "-c",
                                                            "unix_socket_directories=" + folder,
                                                            "-c",
                                                            "fsync=off"}));
  if (!server->process_->WaitForOutput(kReady)) {
    *failure = server->process_->output();
    return nullptr;
  }
  return server;
}

PostgresqlServer::~PostgresqlServer() {
  if (process_ != nullptr) {
    process_->Signal(SIGINT);  // ends its sessions and itself
    process_->Wait();
  }
}

std::string PostgresqlServer::Address(const std::string& database) const {
  return "postgresql:///" + database + "?user=kyujin&host=" + folder_.path().string();
}

}  // namespace kyujin::test
