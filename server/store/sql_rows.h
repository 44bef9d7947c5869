// What the parts of SqlStore share: times and wide numbers as they stand in the tables, the
// sequence, lines of the audit log.
//
// Thread rule: **Immutable.**
#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

inline int64_t ToMs(Time time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}
inline Time FromMs(int64_t ms) {
  return Time(std::chrono::milliseconds(ms));
}

// Identities and versions use all 64 bits; the databases know signed numbers only.
inline int64_t ToSigned(uint64_t value) {
  return std::bit_cast<int64_t>(value);
}
inline uint64_t ToUnsigned(int64_t value) {
  return std::bit_cast<uint64_t>(value);
}

inline SqlBytes BytesOf(const Digest& digest) {
  return {{reinterpret_cast<const char*>(digest.data()), digest.size()}};
}

// Returns the next number of the sequence, which no other transaction gets. Until this transaction
// ends no other one that asks goes on: what has a higher number becomes visible later.
Result<int64_t> NextSequence(SqlConnection& connection);

// Writes the line `id` of the audit log. Requires: `id` is of this transaction's NextSequence.
Status AddAudit(SqlConnection& connection, const AuditEntry& entry);

}  // namespace kyujin::store
