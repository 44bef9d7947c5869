// Migrations: the schema of the store as a row of steps. Each is applied once, in one transaction
// with its line in the table of versions; steps are never changed once released, only added.
//
// Thread rule: **Immutable.**
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"

namespace kyujin::store {

// The version that this program reads and writes.
int64_t SchemaVersion();

// Brings the database to `target`; several programs may try at once. Errors: kUnavailable when it
// has a newer version than this program knows; those of SqlConnection.
Status Migrate(SqlConnection* connection, int64_t now_ms, int64_t target = SchemaVersion());

}  // namespace kyujin::store
