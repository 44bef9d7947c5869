// SqliteConnection: a connection to a SQLite file, set so that what is committed survives a loss of
// power (WAL, synchronous=FULL).
#pragma once

#include <filesystem>
#include <memory>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"

namespace kyujin::store {

enum class SqliteAccess : uint8_t { kRead, kWrite };

// Opens `path`; for kWrite makes it when it is missing, readable by its owner alone. Errors:
// kUnavailable, kCorruption.
Result<std::unique_ptr<SqlConnection>> OpenSqlite(const std::filesystem::path& path,
                                                  SqliteAccess access);

}  // namespace kyujin::store
