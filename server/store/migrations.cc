#include "server/store/migrations.h"

#include <array>
#include <string>

namespace kyujin::store {
namespace {

struct Migration {
  std::string_view shared;  // @bytes, @clustered: see InDialect
  std::string_view sqlite;
  std::string_view postgresql;
};

constexpr std::array kMigrations = {
    Migration{
#include "server/store/migrations/0001_people.inc"
        ,
#include "server/store/migrations/0001_audit_sqlite.inc"
        ,
#include "server/store/migrations/0001_audit_postgresql.inc"
    },
    Migration{
#include "server/store/migrations/0002_audit_retention.inc"
        ,
#include "server/store/migrations/0002_audit_retention_sqlite.inc"
        ,
#include "server/store/migrations/0002_audit_retention_postgresql.inc"
    },
};

constexpr std::string_view kVersionTable =
    "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, "
    "applied BIGINT NOT NULL)";

void ReplaceAll(std::string_view from, std::string_view to, std::string* text) {
  for (size_t at = text->find(from); at != std::string::npos; at = text->find(from, at)) {
    text->replace(at, from.size(), to);
    at += to.size();
  }
}

std::string InDialect(const Migration& migration, SqlDialect dialect) {
  const bool is_sqlite = dialect == SqlDialect::kSqlite;
  std::string text(migration.shared);
  ReplaceAll("@bytes", is_sqlite ? "BLOB" : "BYTEA", &text);
  ReplaceAll("@clustered", is_sqlite ? "WITHOUT ROWID" : "", &text);
  text += is_sqlite ? migration.sqlite : migration.postgresql;
  return text;
}

// Requires: in a transaction.
Status ApplyMissing(SqlConnection* connection, int64_t now_ms, int64_t target) {
  KYUJIN_RETURN_IF_ERROR(connection->LockSchema());
  KYUJIN_RETURN_IF_ERROR(connection->RunScript(std::string(kVersionTable)));
  KYUJIN_ASSIGN_OR_RETURN(const SqlRows rows,
                          connection->Run("SELECT coalesce(max(version), 0) FROM schema_versions"));
  const int64_t found = rows.Int(0, 0);
  if (found > SchemaVersion()) {
    return Unavailable("the store has schema version " + std::to_string(found) +
                       ", this program knows " + std::to_string(SchemaVersion()) +
                       " and older ones: use the newer program");
  }
  for (int64_t version = found + 1; version <= target; ++version) {
    const Migration& migration = kMigrations.at(static_cast<size_t>(version - 1));
    KYUJIN_RETURN_IF_ERROR(connection->RunScript(InDialect(migration, connection->dialect())));
    KYUJIN_RETURN_IF_ERROR(connection->Run(
        "INSERT INTO schema_versions (version, applied) VALUES ($1, $2)", version, now_ms));
  }
  return {};
}

}  // namespace

int64_t SchemaVersion() {
  return int64_t{kMigrations.size()};
}

Status Migrate(SqlConnection* connection, int64_t now_ms, int64_t target) {
  KYUJIN_RETURN_IF_ERROR(connection->Begin());
  Status status = ApplyMissing(connection, now_ms, target);
  if (status.has_value()) {
    status = connection->Commit();
  }
  if (!status.has_value()) {
    connection->Rollback();
  }
  return status;
}

}  // namespace kyujin::store
