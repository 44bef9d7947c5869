// PostgresqlConnection: a connection to a PostgreSQL server, set so that what is committed is on
// its disk.
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"

namespace kyujin::store {

// Connects to `address`, a postgresql:// URI of libpq. Errors: kInvalidArgument when it is none,
// without repeating it, since it may hold a password; kUnavailable.
Result<std::unique_ptr<SqlConnection>> OpenPostgresql(const std::string& address);

}  // namespace kyujin::store
