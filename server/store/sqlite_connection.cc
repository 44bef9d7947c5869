#include "server/store/sqlite_connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <string>
#include <unordered_map>
#include <utility>

namespace kyujin::store {
namespace {

constexpr int kBusyTimeoutMs = 5'000;
constexpr int kOwnerOnly = 0600;

// R-ST8.
constexpr const char* kSettings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;";
// The pages of a big publication go to the main file in larger steps than by default, and stay in
// memory until then.
constexpr const char* kForWriter = "PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-32768;";
constexpr const char* kForReader = "PRAGMA query_only=ON;";

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// SQLite's messages name tables and columns, never values.
Error SqliteError(sqlite3* database, int code) {
  const std::string message = std::string("SQLite: ") + sqlite3_errmsg(database);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return Unavailable(message);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Corruption(message);
    default:
      return Internal(message);
  }
}

// SQLite would number $1 by where it stands first; ?1 it takes by its number.
std::string WithNumberedParameters(std::string_view sql) {
  std::string out(sql);
  for (size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] == '$' && out[i + 1] >= '0' && out[i + 1] <= '9') {
      out[i] = '?';
    }
  }
  return out;
}

struct Binder {
  sqlite3_stmt* statement;
  int place;

  int operator()(std::monostate /*null*/) const { return sqlite3_bind_null(statement, place); }
  int operator()(int64_t value) const { return sqlite3_bind_int64(statement, place, value); }
  int operator()(std::string_view text) const {
    // A null pointer would be NULL, not the empty text.
    const char* bytes = text.data() != nullptr ? text.data() : "";
    return sqlite3_bind_text64(statement, place, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(SqlBytes value) const {
    const char* bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";
    return sqlite3_bind_blob64(statement, place, bytes, value.bytes.size(), SQLITE_STATIC);
  }
};

SqlCell ReadCell(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return std::monostate{};
    case SQLITE_INTEGER:
      return int64_t{sqlite3_column_int64(statement, column)};
    default: {
      const void* bytes = sqlite3_column_blob(statement, column);
      const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
      return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }
  }
}

class SqliteConnection final : public SqlConnection {
 public:
  explicit SqliteConnection(Database database) : database_(std::move(database)) {}

  using SqlConnection::Run;
  Result<SqlRows> Run(std::string_view sql, std::span<const SqlValue> values) override {
    KYUJIN_ASSIGN_OR_RETURN(sqlite3_stmt * statement, Prepared(sql));
    Result<SqlRows> rows = RunPrepared(statement, values);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return rows;
  }

  Status RunScript(const std::string& sql) override {
    const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : SqliteError(database_.get(), code);
  }

  Status Begin() override { return RunScript("BEGIN IMMEDIATE"); }
  Status Commit() override { return RunScript("COMMIT"); }
  void Rollback() override {
    if (sqlite3_get_autocommit(database_.get()) == 0) {
      static_cast<void>(RunScript("ROLLBACK"));
    }
  }
  // Whoever has begun is the only writer.
  Status LockSchema() override { return {}; }
  [[nodiscard]] bool is_broken() const override { return false; }
  [[nodiscard]] SqlDialect dialect() const override { return SqlDialect::kSqlite; }

 private:
  Result<sqlite3_stmt*> Prepared(std::string_view sql) {
    std::string key(sql);
    if (const auto known = statements_.find(key); known != statements_.end()) {
      return known->second.get();
    }
    const std::string text = WithNumberedParameters(sql);
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(),
                                        text.data(),
                                        static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &made,
                                        nullptr);
    if (code != SQLITE_OK) {
      return SqliteError(database_.get(), code);
    }
    statements_.emplace(std::move(key), Statement(made));
    return made;
  }

  Result<SqlRows> RunPrepared(sqlite3_stmt* statement, std::span<const SqlValue> values) {
    for (size_t i = 0; i < values.size(); ++i) {
      const int code = std::visit(Binder{statement, static_cast<int>(i) + 1}, values[i]);
      if (code != SQLITE_OK) {
        return SqliteError(database_.get(), code);
      }
    }
    SqlRows rows;
    const int columns = sqlite3_column_count(statement);
    rows.columns = static_cast<size_t>(columns);
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
      for (int column = 0; column < columns; ++column) {
        rows.cells.push_back(ReadCell(statement, column));
      }
    }
    if (code != SQLITE_DONE) {
      return SqliteError(database_.get(), code);
    }
    rows.changed = static_cast<uint64_t>(sqlite3_changes64(database_.get()));
    return rows;
  }

  Database database_;
  // After the database, so that they are finalized before it is closed.
  std::unordered_map<std::string, Statement> statements_;
};

// Made by us first, because SQLite would let the umask decide who may read it.
Status MakeFile(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) {
    return Unavailable("cannot open the store " + path.string() +
                       ": is there such a folder, and may this program write in it?");
  }
  close(descriptor);
  return {};
}

}  // namespace

Result<std::unique_ptr<SqlConnection>> OpenSqlite(const std::filesystem::path& path,
                                                  SqliteAccess access) {
  if (access == SqliteAccess::kWrite) {
    KYUJIN_RETURN_IF_ERROR(MakeFile(path));
  }
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(opened);
  if (code != SQLITE_OK) {
    return WithContext(path.string(), SqliteError(database.get(), code));
  }
  sqlite3_extended_result_codes(database.get(), 1);
  sqlite3_busy_timeout(database.get(), kBusyTimeoutMs);
  auto connection = std::make_unique<SqliteConnection>(std::move(database));
  Status status = connection->RunScript(kSettings);
  if (status.has_value()) {
    status = connection->RunScript(access == SqliteAccess::kRead ? kForReader : kForWriter);
  }
  if (!status.has_value()) {
    return WithContext(path.string(), status.error());
  }
  return std::unique_ptr<SqlConnection>(std::move(connection));
}

}  // namespace kyujin::store
