// Alerts as text: the members of an alert, its event on a stream, and cursors that clients keep
// (API.md 7).
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "server/store/store_rows.h"

namespace kyujin::alerts {

// The cursor as a token that means nothing to others, and back; nothing for what is no cursor.
std::string EncodeCursor(const store::AlertCursor& cursor);
std::optional<store::AlertCursor> DecodeCursor(std::string_view token);

// Writes `alert` as an object: id, saved_query, at, and number with version, or of a summary count
// with generation.
void WriteAlert(const store::Alert& alert, JsonWriter* json);

// Returns the answer of GET /v1/alerts.
std::string EncodePage(const store::AlertPage& page);

// Returns the server-sent event of an alert; its id is the cursor after it.
std::string EncodeEvent(const store::Alert& alert);

}  // namespace kyujin::alerts
