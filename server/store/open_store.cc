#include "server/store/open_store.h"

#include <utility>

#include "server/store/postgresql_connection.h"
#include "server/store/sql_store.h"
#include "server/store/sqlite_connection.h"

namespace kyujin::store {
namespace {

constexpr std::string_view kSqlitePrefix = "sqlite:";

// Together below what a server of Debian's allows (100), for several of ours beside each other.
constexpr size_t kPostgresqlReaders = 12;
constexpr size_t kPostgresqlWriters = 4;

constexpr const char* kForms =
    "--store must be sqlite:PATH or postgresql://USER@HOST/DATABASE; a password is better kept in "
    "~/.pgpass";

SqlStoreConnections SqliteConnections(const std::filesystem::path& path) {
  SqlStoreConnections connections;
  connections.open_reader = [path] { return OpenSqlite(path, SqliteAccess::kRead); };
  connections.open_writer = [path] { return OpenSqlite(path, SqliteAccess::kWrite); };
  return connections;
}

// Any connection may write: who writes waits for the sequence, not for a connection.
SqlStoreConnections PostgresqlConnections(const std::string& address) {
  SqlStoreConnections connections;
  connections.open_reader = [address] { return OpenPostgresql(address); };
  connections.open_writer = connections.open_reader;
  connections.max_readers = kPostgresqlReaders;
  connections.max_writers = kPostgresqlWriters;
  return connections;
}

Result<SqlStoreConnections> ConnectionsTo(std::string_view spec) {
  if (spec.starts_with("postgresql://") || spec.starts_with("postgres://")) {
    return PostgresqlConnections(std::string(spec));
  }
  if (spec.starts_with(kSqlitePrefix) && spec.size() > kSqlitePrefix.size()) {
    return SqliteConnections(spec.substr(kSqlitePrefix.size()));
  }
  return InvalidArgument(kForms);
}

Status CheckFile(const SqlStoreConnections& connections) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<SqlConnection> connection,
                          connections.open_writer());
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows, connection->Run("PRAGMA quick_check(1)"));
  if (rows.empty() || rows.Text(0, 0) != "ok") {
    return Corruption("the store is damaged (PRAGMA quick_check): restore it from a copy");
  }
  return {};
}

std::filesystem::path Absolute(const std::filesystem::path& path) {
  const auto absolute = std::filesystem::absolute(path).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

}  // namespace

Result<std::unique_ptr<Store>> OpenStore(std::string_view spec,
                                         const Clock& clock,
                                         StoreCheck check) {
  KYUJIN_ASSIGN_OR_RETURN(const SqlStoreConnections connections, ConnectionsTo(spec));
  if (check == StoreCheck::kQuick && spec.starts_with(kSqlitePrefix)) {
    KYUJIN_RETURN_IF_ERROR(CheckFile(connections));
  }
  auto opened = std::make_unique<SqlStore>(connections, clock);
  KYUJIN_RETURN_IF_ERROR(opened->Prepare());
  return std::unique_ptr<Store>(std::move(opened));
}

std::string DefaultStore(const std::filesystem::path& index) {
  return std::string(kSqlitePrefix) + Absolute(index).string() + ".store.sqlite";
}

bool StandsInside(std::string_view spec, const std::filesystem::path& index) {
  if (!spec.starts_with(kSqlitePrefix)) {
    return false;
  }
  const auto folder = Absolute(index);
  auto path = Absolute(spec.substr(kSqlitePrefix.size()));
  while (path.has_relative_path() && path != folder) {
    path = path.parent_path();
  }
  return path == folder;
}

}  // namespace kyujin::store
