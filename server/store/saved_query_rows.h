// Rows of saved queries, and what hangs on them: when each was on, and who waits for a canonical
// query.
//
// Thread rule: **Immutable.**
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/store/sql_connection.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

// Whether new postings alert.
inline bool IsOn(const SavedQuery& saved) {
  return saved.notify != Notify::kOff && !saved.is_paused;
}

Result<std::vector<SavedQuery>> ReadSavedQueries(SqlConnection& connection, std::string_view user);
// Errors: kNotFound, also for another user's.
Result<SavedQuery> ReadSavedQuery(SqlConnection& connection, std::string_view user, int64_t id);

// Begins or ends a period at `sequence`; the first and the last who wait for a canonical query make
// a change of it.
Status SwitchOn(SqlConnection& connection, const SavedQuery& saved, int64_t sequence);
Status SwitchOff(SqlConnection& connection, const SavedQuery& saved, int64_t sequence);

struct Moment {
  int64_t sequence = 0;
  int64_t now_ms = 0;
};
// Removes it and, when nobody else has it, the text of its canonical query.
Status RemoveSavedQuery(SqlConnection& connection, const SavedQuery& saved, const Moment& moment);

}  // namespace kyujin::store
